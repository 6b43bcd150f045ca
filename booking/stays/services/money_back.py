"""What is given back of unused nights: first what was still to be paid at the place, then what was paid."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from ...models import Booking
from ...services import giving_back
from ..errors import TooMuchBack


def give(row: Booking, amount: Decimal, why: str, by: Any, now: datetime) -> None:
    """The booking is locked. With the same `why` it happens once. Raises TooMuchBack."""
    not_paid_yet = min(amount, row.price - row.due)
    back = amount - not_paid_yet
    if back > row.paid - row.refunded:
        raise TooMuchBack
    if not_paid_yet:
        row.price -= not_paid_yet
        row.save(update_fields=["price"])
    giving_back.give_back(row, back, why, by, now)
