"""Free times of an offering, and whether one of them can be taken.

    plan = slots.plan(offering)                       # what it rests on: one query
    slots.free(plan, first, last, pets=1, now=now)    # {day: [Slot, …]}: two queries

Of many offerings at once with the same three statements:

    plans = slots.plans(offerings)
    read = slots.Reading(plans.values(), first, last, now=now)
    read.times(plan, day, pets=1)                     # a day is counted when it is asked for

The page and the lock use the same arithmetic: what is shown can be taken, unless somebody is quicker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone

from core.days import midnight

from . import calendars, lanes
from .calendars import Busy, Working
from .lanes import Stretch
from .models import Offering

NEEDS = """
SELECT need.offering_id, need.id, need.count, stand.id, stand.capacity
  FROM booking_need need
  JOIN booking_need_resources each ON each.need_id = need.id
  JOIN booking_resource stand ON stand.id = each.resource_id AND stand.is_active
 WHERE need.offering_id = ANY(%(offerings)s::bigint[])
 ORDER BY need.position, stand.position, stand.id
"""


class Slot(NamedTuple):
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Wants:
    """One need: `count` of these resources."""

    count: int
    resources: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """What an offering rests on. `capacity` by resource. `at_any_hour`: the business itself decides when."""

    offering: Offering
    wants: tuple[Wants, ...]
    capacity: Mapping[int, int]
    at_any_hour: bool = False

    @property
    def resources(self) -> list[int]:
        return sorted(self.capacity)

    @cached_property
    def by_night(self) -> bool:
        """A kennel is there day and night; the hours of the branch only decide when one comes and goes."""
        return self.offering.traits.by_night

    @cached_property
    def each(self) -> list[Wants]:
        """The needs, one for each single resource."""
        return [want for want in self.wants for _one in range(want.count)]

    @cached_property
    def is_alone(self) -> bool:
        """One resource is enough, and any of them will do."""
        return len(self.each) == 1


@dataclass(frozen=True)
class Timetable:
    """When each resource works and is full, ready to be asked for many times of a day."""

    works: Mapping[int, Sequence[Stretch]]
    full: Mapping[int, Sequence[Stretch]]


def plan(offering: Offering) -> Plan:
    return plans([offering])[offering.pk]


def plans(offerings: Iterable[Offering]) -> dict[int, Plan]:
    """What each rests on, by its number. One query."""
    known = {one.pk: one for one in offerings}
    needs: dict[int, dict[int, tuple[int, list[int]]]] = {pk: {} for pk in known}
    capacity: dict[int, dict[int, int]] = {pk: {} for pk in known}
    for pk, need, count, resource, holds in calendars.rows(NEEDS, {"offerings": list(known)}):
        needs[pk].setdefault(need, (count, []))[1].append(resource)
        capacity[pk][resource] = holds
    return {pk: _plan(one, needs[pk].values(), capacity[pk]) for pk, one in known.items()}


def _plan(offering: Offering, needs: Iterable[tuple[int, list[int]]], capacity: dict[int, int]) -> Plan:
    wants = tuple(Wants(count, tuple(found)) for count, found in needs)
    return Plan(offering, wants, capacity, at_any_hour=offering.traits.by_quote)


def only(plan: Plan, resources: Iterable[int]) -> Plan:
    """The same on these resources alone; a need for which none of them is left cannot be met."""
    kept = set(resources)
    wants = tuple(Wants(one.count, tuple(pk for pk in one.resources if pk in kept)) for one in plan.wants)
    return replace(plan, wants=wants, capacity={pk: plan.capacity[pk] for pk in plan.capacity if pk in kept})


class Reading:
    """The calendars of some plans on some days: two queries, however many plans there are."""

    def __init__(
        self, plans: Iterable[Plan], first: date, last: date, *, now: datetime, nights: int = 0
    ) -> None:
        """`nights`: how long a stay may last that begins on the last day."""
        known = list(plans)
        self.now, self.today = int(now.timestamp()), timezone.localdate(now)
        edge, most = timedelta(days=1), timedelta(days=nights)
        places = {one.offering.location_id: one.offering.location for one in known}
        stands = sorted({pk for one in known for pk in one.capacity})
        start = midnight(first) - edge
        self.working = calendars.workings(places.values(), stands, first - edge, last + most + edge)
        self.busy = calendars.busy(stands, start, start + (last - first) + most + 3 * edge)
        self._full: dict[int, list[Stretch]] = {}

    def times(self, plan: Plan, day: date, *, pets: int) -> Iterator[Slot]:
        """The free times of a day in their order. For what is not by night."""
        if not plan.wants or not _is_in_reach(plan.offering, day, self.today):
            return
        length = timedelta(minutes=plan.offering.length(pets))
        able = self._able(plan, day, int(length.total_seconds()))
        for start in sorted(able):
            if plan.is_alone or _match(plan.each, able[start]):
                starts_at = _at(start)
                yield Slot(starts_at, starts_at + length)

    def _able(self, plan: Plan, day: date, length: int) -> dict[int, list[int]]:
        """The resources that can take it, by its beginning: a time every step from opening on."""
        found: dict[int, list[int]] = {}
        step, earliest = plan.offering.step * 60, self._earliest(plan)
        working, full = self.working[plan.offering.location_id], self._full_of(plan)
        before, after = plan.offering.buffer_before * 60, plan.offering.buffer_after * 60
        for opens, closes in working.branch(day):
            for pk in plan.capacity:
                free = lanes.between(full[pk], opens, closes, before, after)
                for since, until in lanes.overlap(working.of(pk, day), free):
                    steps = -((opens - max(since, earliest)) // step)
                    for start in range(opens + steps * step, until - length + 1, step):
                        found.setdefault(start, []).append(pk)
        return found

    def _earliest(self, plan: Plan) -> int:
        return self.now + plan.offering.notice_minutes * 60

    def stay(self, plan: Plan, day: date, *, nights: int) -> Slot | None:
        """From that day for so many nights. One comes and goes while it is open."""
        offering, leaves = plan.offering, day + timedelta(days=nights)
        start, end = span_of_stay(offering, day, nights)
        working = self.working[offering.location_id]
        soon, is_open = start < self._earliest(plan), working.branch(day) and working.branch(leaves)
        if not plan.wants or not is_open or soon or not _is_in_reach(offering, day, self.today):
            return None
        table = Timetable({}, self._full_of(plan))
        return Slot(_at(start), _at(end)) if choose(plan, table, start, end) else None

    def _full_of(self, plan: Plan) -> Mapping[int, list[Stretch]]:
        for pk, holds in plan.capacity.items():
            if pk not in self._full:
                self._full[pk] = self.busy.full(pk, holds)
        return self._full


def reaching(offering: Offering, day: date, now: datetime) -> Offering:
    """A copy that can be booked up to that day, however far ahead the first of several may lie."""
    found = copy(offering)
    found.horizon_days = max(offering.horizon_days, (day - timezone.localdate(now)).days)
    return found


def free(plan: Plan, first: date, last: date, *, pets: int, now: datetime) -> dict[date, list[Slot]]:
    """Every day from first to last with its free times (none: an empty list). For what is not by night."""
    return free_on(plan, days(first, last), pets=pets, now=now)


def free_on(plan: Plan, on: Sequence[date], *, pets: int, now: datetime) -> dict[date, list[Slot]]:
    """These days, in their order. Two queries, however many."""
    read = Reading([plan], on[0], on[-1], now=now)
    return {day: list(read.times(plan, day, pets=pets)) for day in on}


def nights(plan: Plan, first: date, last: date, *, nights: int, now: datetime) -> dict[date, Slot | None]:
    """For each day of arrival a stay of so many nights, or None."""
    read = Reading([plan], first, last, now=now, nights=nights)
    return {day: read.stay(plan, day, nights=nights) for day in days(first, last)}


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def span_of_stay(offering: Offering, day: date, nights: int) -> Stretch:
    return (
        calendars.moment(day, offering.arrive_at),
        calendars.moment(day + timedelta(days=nights), offering.leave_by),
    )


def end_of(offering: Offering, starts_at: datetime, *, pets: int, nights: int) -> datetime:
    if not offering.traits.by_night:
        return starts_at + timedelta(minutes=offering.length(pets))
    return _at(span_of_stay(offering, timezone.localdate(starts_at), nights)[1])


def is_offered(
    plan: Plan, working: Working, starts_at: datetime, ends_at: datetime, *, nights: int, now: datetime
) -> bool:
    """One of the times the page would show if nothing were taken?"""
    offering, day = plan.offering, timezone.localdate(starts_at)
    start, end = int(starts_at.timestamp()), int(ends_at.timestamp())
    soon = start < now.timestamp() + offering.notice_minutes * 60
    if (
        not plan.wants
        or soon
        or starts_at.microsecond
        or not _is_in_reach(offering, day, timezone.localdate(now))
    ):
        return False
    if plan.by_night:
        is_open = working.branch(day) and working.branch(timezone.localdate(ends_at))
        fits = offering.least_nights <= nights <= offering.most_nights
        return bool(is_open) and fits and span_of_stay(offering, day, nights) == (start, end)
    edge = timedelta(days=1)
    opens = [hours for one in (day - edge, day) for hours in working.branch(one)]
    return any(a <= start and end <= b and (start - a) % (offering.step * 60) == 0 for a, b in opens)


def choose(plan: Plan, table: Timetable, start: int, end: int) -> list[int] | None:
    """Resources that can take [start, end), in the order of the needs; None when a need has none."""
    taken_from = start - plan.offering.buffer_before * 60
    taken_until = end + plan.offering.buffer_after * 60
    at_any_hour = plan.by_night or plan.at_any_hour
    able = [
        pk
        for pk in plan.capacity
        if not lanes.meets(table.full[pk], taken_from, taken_until)
        and (at_any_hour or lanes.covers(table.works[pk], start, end))
    ]
    return _match(plan.each, able)


def _match(wants: Sequence[Wants], able: Sequence[int]) -> list[int] | None:
    """Different resources for all needs, few as they are: the first that fits, else the next is tried."""
    if not wants:
        return []
    for pk in wants[0].resources:
        if pk in able:
            rest = _match(wants[1:], [other for other in able if other != pk])
            if rest is not None:
                return [pk, *rest]
    return None


def _is_in_reach(offering: Offering, day: date, today: date) -> bool:
    return today <= day <= today + timedelta(days=offering.horizon_days)


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def timetable(plan: Plan, working: Working, busy: Busy, day: date) -> Timetable:
    """For one wanted time: the calendar that was read before the lock, what is taken read under it."""
    full = {pk: busy.full(pk, holds) for pk, holds in plan.capacity.items()}
    days = (day - timedelta(days=1), day)  # hours past midnight belong to the day before
    works = {pk: lanes.joined(one for each in days for one in working.of(pk, each)) for pk in plan.capacity}
    return Timetable(works, full)
