"""The business puts a booking elsewhere: another time, another of its resources.

It is not bound by its own hours, steps, notice and horizon, only by what is free and by its permit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import journal
from core.states import MoveRefused

from .. import events, locks, permits, slots
from ..errors import NotOffered, SlotTaken
from ..models import Booking, Claim, Offering, Resource
from ..slots import Plan, Wants
from ..states import By
from . import claiming
from .moving import MOVABLE


@transaction.atomic
def rearrange(
    *, booking: Booking, starts_at: datetime, by: Any, now: datetime, on: Sequence[Resource] = ()
) -> None:
    """Put it there. `on`: resources it has to stand on; without any it keeps its own where they are free.

    Raises SlotTaken, NotOffered (over by then), NoPermit, MoveRefused.
    """
    wanted = _wanted(booking, starts_at, now, on)
    row = locks.booking(booking.pk)
    if row.status not in MOVABLE:
        raise MoveRefused
    was = list(row.claims.filter(blocking=True).values_list("resource_id", flat=True))
    _take_instead(row, wanted, on, now)
    told = {"from": row.starts_at.isoformat(), "to": starts_at.isoformat(), "by": str(By.PROVIDER)}
    has_moved = row.starts_at != starts_at
    booking.starts_at, booking.ends_at = wanted.starts_at, wanted.ends_at
    booking.sequence = row.sequence + has_moved
    if has_moved:  # reminders begin anew, and what she said was about another time
        booking.reminded, booking.coming_at = 0, None
    booking.save(update_fields=["starts_at", "ends_at", "sequence", "reminded", "coming_at"])
    event = events.MOVED if has_moved else events.REASSIGNED
    journal.write(event, actor=by, subject=booking, data=told | {"resources": was})


def _wanted(booking: Booking, starts_at: datetime, now: datetime, on: Sequence[Resource]) -> claiming.Wanted:
    offering, day = booking.offering, timezone.localdate(starts_at)
    ends_at = starts_at + (booking.ends_at - booking.starts_at)
    if offering.traits.by_night:
        ends_at = slots.end_of(offering, starts_at, pets=1, nights=max(booking.nights, 1))
    if ends_at <= now:
        raise NotOffered
    species = booking.items.values_list("species", flat=True)
    permits.check_permit(offering, species, day, nights=max(booking.nights, 1))
    mine = booking.claims.filter(blocking=True).values_list("resource_id", flat=True)
    return claiming.read(preferring(offering, [*(one.pk for one in on), *mine]), starts_at, ends_at)


def preferring(offering: Offering, first: Sequence[int]) -> Plan:
    """The plan of the business: at any hour, these resources before the others."""
    plan = slots.plan(offering)
    order = {pk: number for number, pk in reversed(list(enumerate(first)))}
    wants = (
        Wants(want.count, tuple(sorted(want.resources, key=lambda pk: order.get(pk, len(order) + 1))))
        for want in plan.wants
    )
    return replace(plan, wants=tuple(wants), at_any_hour=True)


def choose(
    wanted: claiming.Wanted, on: Sequence[Resource], *, but: Any = None
) -> tuple[list[int], claiming.Busy]:
    """Under the lock. Raises SlotTaken also when another resource than those asked for would be free."""
    chosen, busy = claiming.choose(wanted, but=but)
    if not {one.pk for one in on} <= set(chosen):
        raise SlotTaken
    return chosen, busy


def _take_instead(row: Booking, wanted: claiming.Wanted, on: Sequence[Resource], now: datetime) -> None:
    """Both under the lock of all resources: nobody sees the moment in between."""
    own = list(Claim.objects.filter(booking=row, blocking=True).values_list("pk", flat=True))
    chosen, busy = choose(wanted, on, but=row)
    Claim.objects.filter(pk__in=own).delete()
    claiming.take(row, wanted, chosen, busy, now)
