"""Taking and freeing time. The resources are locked by whoever calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Case, PositiveSmallIntegerField, Value, When
from django.utils import timezone

from .. import calendars, lanes, slots
from ..calendars import Busy, Working
from ..errors import SlotTaken
from ..lanes import Taken
from ..models import Booking, Claim
from ..slots import Plan

GUARD = "resource_is_taken_once"


@dataclass(frozen=True)
class Wanted:
    """A time of an offering, with what was read before the lock."""

    plan: Plan
    working: Working
    starts_at: datetime
    ends_at: datetime

    @property
    def during(self) -> DateTimeTZRange:
        """Buffers included."""
        offering = self.plan.offering
        return DateTimeTZRange(
            self.starts_at - timedelta(minutes=offering.buffer_before),
            self.ends_at + timedelta(minutes=offering.buffer_after),
        )


def read(plan: Plan, starts_at: datetime, ends_at: datetime) -> Wanted:
    """One query, before the lock."""
    return read_all(plan, [(starts_at, ends_at)])[0]


def read_all(plan: Plan, spans: Sequence[tuple[datetime, datetime]]) -> list[Wanted]:
    """In their order. One query, however many."""
    first, last = timezone.localdate(spans[0][0]), timezone.localdate(spans[-1][1])
    edge = timedelta(days=1)
    working = calendars.working(plan.offering.location, plan.resources, first - edge, last + edge)
    return [Wanted(plan, working, start, end) for start, end in spans]


def choose(wanted: Wanted, *, but: Any = None) -> tuple[list[int], Busy]:
    """Resources that are free for it, read under the lock; `but` is a booking that may give way to itself.

    Raises SlotTaken.
    """
    during = wanted.during
    busy = calendars.busy(wanted.plan.resources, during.lower, during.upper)
    if but is not None:
        busy = without(busy, set(but.claims.values_list("pk", flat=True)))
    return _chosen(wanted, busy), busy


def _chosen(wanted: Wanted, busy: Busy) -> list[int]:
    day = timezone.localdate(wanted.starts_at)
    table = slots.timetable(wanted.plan, wanted.working, busy, day)
    chosen = slots.choose(
        wanted.plan, table, int(wanted.starts_at.timestamp()), int(wanted.ends_at.timestamp())
    )
    if chosen is None:
        raise SlotTaken
    return chosen


def take(booking: Booking, wanted: Wanted, chosen: Sequence[int], busy: Busy, now: datetime) -> None:
    """Raises SlotTaken when the database knows better."""
    during = wanted.during
    claims = [
        Claim(booking=booking, resource_id=pk, lane=_lane(wanted, pk, busy, now), during=during)
        for pk in chosen
    ]
    _save(claims)


def take_all(pairs: Sequence[tuple[Booking, Wanted]], now: datetime) -> None:
    """All of these times of one offering or none, in two statements. Raises SlotTaken."""
    spans, plan = [wanted.during for _booking, wanted in pairs], pairs[0][1].plan
    busy = calendars.busy(plan.resources, spans[0].lower, spans[-1].upper)
    claims: list[Claim] = []
    for booking, wanted in pairs:
        for pk in _chosen(wanted, busy):
            lane = _free_lane(wanted, pk, busy)
            if lane is None:  # others have to change lanes: one after the other
                return _take_singly(pairs, now)
            claims.append(Claim(booking=booking, resource_id=pk, lane=lane, during=wanted.during))
    _save(claims)


def _take_singly(pairs: Sequence[tuple[Booking, Wanted]], now: datetime) -> None:
    for booking, wanted in pairs:
        take(booking, wanted, *choose(wanted), now)


def _save(claims: Sequence[Claim]) -> None:
    try:
        Claim.objects.bulk_create(claims)
    except IntegrityError as error:
        if GUARD in str(error):
            raise SlotTaken from error
        raise


def prolong(claim: Claim, ends_at: datetime, capacity: int, now: datetime) -> None:
    """The same resource for longer; whoever stands in its lane changes lanes. There is room: it was asked."""
    start, end = int(claim.during.lower.timestamp()), int(ends_at.timestamp())
    far = datetime(9999, 1, 1, tzinfo=UTC)
    rows = calendars.busy([claim.resource_id], min(now, claim.during.lower), far).claims[claim.resource_id]
    others = [one for one in rows if one.pk != claim.pk]
    if any(one.lane == claim.lane and one.starts < end and one.ends > start for one in others):
        grown = Taken(claim.pk, claim.lane, start, end)
        _change_lanes(lanes.grown([*others, grown], capacity, int(now.timestamp())))
    try:
        Claim.objects.filter(pk=claim.pk).update(during=DateTimeTZRange(claim.during.lower, ends_at))
    except IntegrityError as error:
        if GUARD in str(error):
            raise SlotTaken from error
        raise


def let_go(booking: Any) -> None:
    Claim.objects.filter(booking=booking, blocking=True).update(blocking=False)


def _lane(wanted: Wanted, resource: int, busy: Busy, now: datetime) -> int:
    """A free lane; where only the moments have room but no lane has, others change theirs."""
    lane = _free_lane(wanted, resource, busy)
    if lane is not None:
        return lane
    start, end = _seconds(wanted)
    return _make_room(resource, start, end, wanted.plan.capacity[resource], now)


def _free_lane(wanted: Wanted, resource: int, busy: Busy) -> int | None:
    start, end = _seconds(wanted)
    return lanes.free_lane(busy.claims.get(resource, ()), start, end, wanted.plan.capacity[resource])


def _seconds(wanted: Wanted) -> tuple[int, int]:
    return int(wanted.during.lower.timestamp()), int(wanted.during.upper.timestamp())


def _make_room(resource: int, start: int, end: int, capacity: int, now: datetime) -> int:
    far = datetime(9999, 1, 1, tzinfo=UTC)
    ahead = calendars.busy([resource], min(now, datetime.fromtimestamp(start, UTC)), far)
    moved = lanes.placed_anew(ahead.claims[resource], (start, end), capacity, int(now.timestamp()))
    lane = moved.pop(0)
    _change_lanes(moved)
    return lane


def _change_lanes(moved: Mapping[int, int]) -> None:
    """All in one statement: the constraint is looked at when it is over."""
    if moved:
        lane = Case(
            *(When(pk=pk, then=Value(lane)) for pk, lane in moved.items()),
            output_field=PositiveSmallIntegerField(),
        )
        Claim.objects.filter(pk__in=moved).update(lane=lane)


def without(busy: Busy, own: set[int]) -> Busy:
    claims = {pk: [one for one in rows if one.pk not in own] for pk, rows in busy.claims.items()}
    return Busy(claims, busy.away)
