"""What a business does with a booking, from accepting it to its end; each step can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from core import journal
from core.states import MoveRefused

from .. import events, locks, parts
from ..models import Booking
from ..states import BOOKINGS, Status


def accept(*, booking: Booking, by: Any, now: datetime) -> None:
    """A request becomes a fixed time."""
    BOOKINGS.move(booking, Status.CONFIRMED, event=events.CONFIRMED, actor=by, confirmed_at=now, until=None)


def arrive(*, booking: Booking, by: Any, now: datetime) -> None:
    """She is here, and waits until she is taken in. Raises what her kind has against it."""
    parts.check(booking, parts.ARRIVE, now=now)
    facts: dict[str, Any] = {"arrived_at": now, "taken_in_at": None}
    BOOKINGS.move(booking, Status.IN_SERVICE, event=events.ARRIVED, actor=by, **facts)


@transaction.atomic
def take_in(*, booking: Booking, by: Any, now: datetime) -> None:
    """Her waiting is over. Raises MoveRefused unless she waits."""
    row = locks.booking(booking.pk)
    if row.status != Status.IN_SERVICE or row.taken_in_at:
        raise MoveRefused
    booking.taken_in_at = now
    booking.save(update_fields=["taken_in_at"])
    journal.write(events.TAKEN_IN, actor=by, subject=booking)


@transaction.atomic
def complete(*, booking: Booking, by: Any, now: datetime) -> None:
    """Done; whatever is left of its time is free again. Raises what its kind has against it."""
    locks.booking(booking.pk)
    parts.check(booking, parts.COMPLETE, now=now)
    facts: dict[str, Any] = {"completed_at": now, "arrived_at": booking.arrived_at or now}
    BOOKINGS.move(booking, Status.COMPLETED, event=events.COMPLETED, actor=by, **facts)
    booking.claims.filter(blocking=True).update(blocking=False)


@transaction.atomic
def miss(*, booking: Booking, by: Any, now: datetime) -> None:
    """Nobody came. Raises MoveRefused before it has begun, and what its kind has against it."""
    if now < booking.starts_at:
        raise MoveRefused
    locks.booking(booking.pk)
    parts.check(booking, parts.MISS, now=now)
    BOOKINGS.move(booking, Status.NO_SHOW, event=events.MISSED, actor=by, ended_at=now)
    booking.claims.filter(blocking=True).update(blocking=False)


@transaction.atomic
def reopen(*, booking: Booking, by: Any, now: datetime) -> None:
    """The last step was a mistake. Not once the money is earned: raises MoveRefused.

    Its time is not taken again: it lies behind, and others may have been put into what was left of it.
    """
    row = locks.booking(booking.pk)
    parts.check(row, parts.REOPEN, now=now)
    if row.status == Status.IN_SERVICE and row.taken_in_at:
        _wait_again(booking, by)
        return
    back = {Status.IN_SERVICE: Status.CONFIRMED, Status.COMPLETED: Status.IN_SERVICE}
    target = back.get(Status(row.status), Status.CONFIRMED)
    if row.earned_at or row.status not in (*back, Status.NO_SHOW):
        raise MoveRefused
    BOOKINGS.move(booking, target, event=events.REOPENED, actor=by, completed_at=None, ended_at=None)


def _wait_again(booking: Booking, by: Any) -> None:
    booking.taken_in_at = None
    booking.save(update_fields=["taken_in_at"])
    journal.write(events.REOPENED, actor=by, subject=booking, data={"to": "waiting"})
