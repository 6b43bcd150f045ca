"""A booking is given up: by its customer for what its policy says, by its provider for all of it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from core.states import MoveRefused

from .. import events, locks, parts, policies
from ..errors import AmountChanged
from ..models import Booking
from ..states import BOOKINGS, By, Status
from . import claiming, giving_back


@transaction.atomic
def cancel(
    *,
    booking: Booking,
    role: By,
    by: Any,
    now: datetime,
    agreed: Decimal | None = None,
    reason: str = "",
    together: bool = False,
) -> Decimal:
    """Give it up; returns what goes back. What is only held goes with all that is held with it.

    `together`: whoever gives up several tells it once. `agreed` is the amount that was shown: raises
    AmountChanged when it is another one by now, MoveRefused when it is over or under way, and what its kind
    has against it."""
    whole = locks.whole(booking)
    row = next(one for one in whole if one.pk == booking.pk)
    if not BOOKINGS.allows(row.status, Status.CANCELLED) or _is_under_way(row, role, now):
        raise MoveRefused
    parts.check(row, parts.CANCEL, now=now)
    amount = policies.back(row, by=role, now=now)
    if agreed is not None and amount != agreed:
        raise AmountChanged
    giving_back.give_back(row, amount, "cancelled", by, now)
    told = {"amount": str(amount), "by": str(role), "status": row.status, "together": together}
    for other in whole if row.status == Status.HELD else ():
        if other.pk != row.pk:
            _end(other, Status.CANCELLED, events.CANCELLED, role, by, now, reason, told)
    _end(booking, Status.CANCELLED, events.CANCELLED, role, by, now, reason, told)
    return amount


@transaction.atomic
def decline(*, booking: Booking, by: Any, now: datetime, reason: str = "") -> None:
    """The provider does not take the request: all that was paid goes back."""
    row = locks.booking(booking.pk)
    if row.status != Status.REQUESTED:
        raise MoveRefused
    giving_back.give_back(row, row.paid - row.refunded, "declined", by, now)
    _end(booking, Status.DECLINED, events.DECLINED, By.PROVIDER, by, now, reason, {})


def _is_under_way(row: Booking, role: By, now: datetime) -> bool:
    """The customer cannot cancel what has begun; the provider may still break it off and give all back."""
    has_begun = row.status == Status.IN_SERVICE or row.starts_at <= now
    return role == By.CUSTOMER and has_begun and row.status != Status.HELD


def _end(
    booking: Booking,
    status: Status,
    event: str,
    role: By,
    by: Any,
    now: datetime,
    reason: str,
    told: dict[str, Any],
) -> None:
    facts = {"ended_at": now, "ended_by": role, "reason": reason, "until": None, "hold_number": None}
    BOOKINGS.move(booking, status, event=event, actor=by, data=told, **facts)
    claiming.let_go(booking)
    booking.refresh_from_db()
