"""The claims of a stay when its end moves. Resources and booking are locked by whoever calls."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from ..errors import SlotTaken
from ..models import Booking, Claim
from ..services import claiming, rearranging
from . import leaving_days
from .errors import AnotherRoom


def free_from(row: Booking, ends_at: datetime, now: datetime) -> None:
    """Whatever lies behind the new end is free for others."""
    upper = ends_at + timedelta(minutes=row.offering.buffer_after)
    for claim in row.claims.filter(blocking=True):
        if claim.during.lower >= ends_at:
            Claim.objects.filter(pk=claim.pk).update(blocking=False)
        elif claim.during.upper > upper:
            Claim.objects.filter(pk=claim.pk).update(during=DateTimeTZRange(claim.during.lower, upper))


def take_until(row: Booking, ends_at: datetime, now: datetime, *, may_change_room: bool) -> None:
    """The own room for longer; else, if that is all right, another one. Raises SlotTaken, AnotherRoom."""
    own = leaving_days.current(row)
    plan = rearranging.preferring(row.offering, own)
    wanted = claiming.read(plan, row.ends_at, ends_at)
    chosen, busy = claiming.choose(wanted, but=row)
    if set(chosen) != set(own):
        if not may_change_room:
            raise AnotherRoom
        if row.arrived_at is None and _take_elsewhere(row, wanted, now):
            return
    _prolong(row, [pk for pk in chosen if pk in own], wanted, now)
    claiming.take(row, wanted, [pk for pk in chosen if pk not in own], busy, now)


def _prolong(row: Booking, stay_on: list[int], wanted: claiming.Wanted, now: datetime) -> None:
    upper = wanted.during.upper
    claims = row.claims.filter(blocking=True, resource__in=stay_on).order_by("resource_id", "-during")
    for claim in claims.distinct("resource_id"):
        claiming.prolong(claim, upper, wanted.plan.capacity[claim.resource_id], now)


def _take_elsewhere(row: Booking, wanted: claiming.Wanted, now: datetime) -> bool:
    """Before arrival the whole stay moves: nobody changes rooms in the middle. False: no room has it all."""
    whole = claiming.read(wanted.plan, row.starts_at, wanted.ends_at)
    try:
        chosen, busy = claiming.choose(whole, but=row)
    except SlotTaken:
        return False
    row.claims.filter(blocking=True).delete()
    claiming.take(row, whole, chosen, busy, now)
    return True
