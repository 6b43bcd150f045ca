"""The rest of a course is given up: each session that lies ahead, by its own policy, with its own share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import journal

from ... import locks, policies, queries
from ...errors import AmountChanged
from ...models import Booking
from ...services import cancel
from ...states import By, Status
from .. import events
from ..errors import NothingAhead

LIES_AHEAD = Status.CONFIRMED


@dataclass(frozen=True)
class Back:
    booking: Booking
    amount: Decimal


def rest_of(booking: Booking, *, now: datetime) -> list[Back]:
    """What lies ahead of the course this session belongs to, with what each gives back now. One query."""
    rows = queries.together(booking).filter(status=LIES_AHEAD, starts_at__gt=now).order_by("starts_at", "pk")
    return [Back(one, policies.back(one, by=By.CUSTOMER, now=now)) for one in rows]


@transaction.atomic
def cancel_rest(*, booking: Booking, by: Any, now: datetime, agreed: Decimal, sessions: int) -> Decimal:
    """Returns what goes back in all. `agreed` and `sessions` are what was shown: raises AmountChanged when
    they are others by now, NothingAhead when there is nothing to cancel."""
    locks.whole(booking)
    rest = rest_of(booking, now=now)
    if not rest:
        raise NothingAhead
    back = sum((one.amount for one in rest), Decimal(0))
    if (back, len(rest)) != (agreed, sessions):
        raise AmountChanged
    for one in rest:
        cancel(booking=one.booking, role=By.CUSTOMER, by=by, now=now, agreed=one.amount, together=True)
    head = booking.head or booking
    told = {"amount": str(back), "sessions": len(rest), "business": head.business_id}
    journal.write(events.REST_CANCELLED, actor=by, subject=head, data=told)
    return back
