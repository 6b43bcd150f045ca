"""The sessions of a course: when they would be, what stands against it, what is free instead.

Same weekday and hour on the wall clock, whatever the clocks of the zone do meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core import money

from .. import calendars, permits, policies, slots
from ..calendars import Working
from ..slots import Plan, Slot
from . import rules, sums
from .models import Course


@dataclass(frozen=True)
class Session:
    """`slot`: the time it would take now, or None. `instead`: other free times, nearest first by day."""

    number: int
    planned: datetime
    slot: Slot | None
    is_open: bool
    instead: list[Slot]

    @property
    def name(self) -> str:
        return f"saat{self.number}"

    @property
    def is_as_planned(self) -> bool:
        return self.slot is not None and self.slot.starts == self.planned

    @property
    def choices(self) -> list[Slot]:
        own = [self.slot] if self.slot and self.slot not in self.instead else []
        return sorted([*own, *self.instead], key=lambda one: one.starts)


@dataclass(frozen=True)
class Proposal:
    course: Course
    sessions: list[Session]
    pets: int

    @property
    def is_complete(self) -> bool:
        return all(one.slot for one in self.sessions)

    @property
    def price(self) -> Decimal:
        return self.course.price_of(self.pets)

    @property
    def singles(self) -> Decimal:
        return self.course.singles(self.pets)

    @property
    def shares(self) -> list[Decimal]:
        return sums.shares(self.price, self.course.sessions)

    @property
    def due(self) -> Decimal:
        return sum((self._due(one) for one in self.shares), Decimal(0))

    @property
    def later(self) -> Decimal:
        return self.price - self.due

    @property
    def share_due(self) -> Decimal:
        return self._due(self.shares[0])

    @property
    def tiers(self) -> list[policies.Tier]:
        """Of the first session; the others have the same table with their own days."""
        return policies.tiers(self.course.offering.policy, self.sessions[0].planned, self.share_due)

    def _due(self, share: Decimal) -> Decimal:
        return money.lira(share * self.course.offering.deposit_percent / 100)


def planned(course: Course, first: datetime) -> list[datetime]:
    local = timezone.localtime(first)
    minutes = local.hour * 60 + local.minute
    days = [local.date() + course.step * number for number in range(1, course.sessions)]
    return [first, *(datetime.fromtimestamp(calendars.moment(day, minutes), UTC) for day in days)]


def far_plan(course: Course, first: datetime, now: datetime) -> Plan:
    """Only the first session has to lie within the usual horizon."""
    last = timezone.localdate(first) + course.step * (course.sessions - 1) + rules.AROUND
    return slots.plan(slots.reaching(course.offering, last, now))


def propose(
    course: Course, *, first: datetime, pets: int, chosen: Mapping[int, datetime], now: datetime
) -> Proposal:
    """`chosen`: other times by number; one that is not free counts for nothing. Five queries."""
    plan, wanted = far_plan(course, first, now), planned(course, first)
    days = sorted({day for moment in wanted[1:] for day in _around(moment)} | {timezone.localdate(first)})
    free = permits.only_permitted(course.offering, slots.free_on(plan, days, pets=pets, now=now))
    working = calendars.working(course.offering.location, plan.resources, days[0], days[-1])
    sessions = [
        _session(number, moment, free, working, chosen.get(number)) for number, moment in enumerate(wanted, 1)
    ]
    return Proposal(course, sessions, pets)


def chosen_in(asked: QueryDict) -> dict[int, datetime]:
    """`saat2` … `saat12`."""
    found = {}
    for number in range(2, rules.MOST + 1):
        try:
            moment = parse_datetime(asked.get(f"saat{number}", ""))
        except ValueError:
            continue
        if moment and timezone.is_aware(moment):
            found[number] = moment
    return found


def is_near(moment: datetime, wanted: datetime) -> bool:
    return abs(timezone.localdate(moment) - timezone.localdate(wanted)) <= rules.AROUND


def _around(moment: datetime) -> list[date]:
    day, most = timezone.localdate(moment), rules.AROUND.days
    return [day + timedelta(days=number) for number in range(-most, most + 1)]


def _session(
    number: int,
    moment: datetime,
    free: Mapping[date, Sequence[Slot]],
    working: Working,
    chosen: datetime | None,
) -> Session:
    day = timezone.localdate(moment)
    if number == 1:
        slot = next((one for one in free[day] if one.starts == moment), None)
        return Session(number, moment, slot, bool(working.branch(day)), [])
    near = [one for each in _around(moment) for one in free[each]]
    by_start = {one.starts: one for one in near}
    slot = by_start.get(chosen or moment) or by_start.get(moment)
    return Session(number, moment, slot, bool(working.branch(day)), _nearest(moment, free[day] or near))


def _nearest(moment: datetime, found: Sequence[Slot]) -> list[Slot]:
    ranked = sorted(found, key=lambda one: abs(one.starts - moment))
    return sorted(ranked[: rules.MOST_SHOWN], key=lambda one: one.starts)
