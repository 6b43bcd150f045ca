"""The same booking at another time: the new one is taken before the old one is let go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import journal
from core.states import MoveRefused

from .. import events, locks, policies, slots
from ..errors import TooLate
from ..models import Booking, Claim, Offering
from ..states import By, Status
from . import claiming, holding

AROUND = timedelta(days=14)
MOVABLE = (Status.REQUESTED, Status.CONFIRMED)


@transaction.atomic
def move(*, booking: Booking, starts_at: datetime, role: By, by: Any, now: datetime) -> None:
    """Keeps price, payment and policy; its calendar entry counts on.

    Raises SlotTaken, NotOffered, NoPermit, MoveRefused; TooLate when the customer would have to pay for it.
    """
    pets = [item.pet for item in booking.items.select_related("pet") if item.pet]
    nights = max(booking.nights, 1)
    offering = around(booking, now)
    wanted = holding.check(offering=offering, pets=pets, starts_at=starts_at, nights=nights, now=now)
    row = locks.booking(booking.pk)
    if row.status not in MOVABLE:
        raise MoveRefused
    if role == By.CUSTOMER and not policies.may_move(row, now):
        raise TooLate
    _take_instead(row, wanted, now)
    told = {"from": row.starts_at.isoformat(), "to": starts_at.isoformat(), "by": str(role)}
    booking.starts_at, booking.ends_at = wanted.starts_at, wanted.ends_at
    booking.sequence, booking.reminded, booking.coming_at = row.sequence + 1, 0, None
    booking.save(update_fields=["starts_at", "ends_at", "sequence", "reminded", "coming_at"])
    journal.write(events.MOVED, actor=by, subject=booking, data=told)


def around(booking: Booking, now: datetime) -> Offering:
    """One of several that lies far ahead is moved around its own day."""
    if not booking.is_of_several:
        return booking.offering
    return slots.reaching(booking.offering, timezone.localdate(booking.starts_at) + AROUND, now)


def _take_instead(row: Booking, wanted: claiming.Wanted, now: datetime) -> None:
    """Both under the lock of all resources: nobody sees the moment in between."""
    own = list(Claim.objects.filter(booking=row, blocking=True).values_list("pk", flat=True))
    chosen, busy = claiming.choose(wanted, but=row)
    Claim.objects.filter(pk__in=own).delete()
    claiming.take(row, wanted, chosen, busy, now)
