"""When resources work and what takes their time, for some days: two queries, however many there are.

Hours of the branch (weekdays, special days, holidays, announced days off), shifts of a resource within
them, absences taken out; claims that block. All in seconds since 1970.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from teams.hours import Book, DayOff
from teams.models import Location, SpecialDay

from . import lanes
from .lanes import Stretch, Taken

DAY = 24 * 60

WORKING = """
SELECT 'week', location_id, weekday::int, starts::int, ends::int, NULL::date, NULL::date, ''
  FROM teams_weeklyhours WHERE location_id = ANY(%(locations)s::bigint[])
UNION ALL
SELECT 'special', location_id, NULL, starts, ends, "on", NULL, note
  FROM teams_specialday
 WHERE location_id = ANY(%(locations)s::bigint[]) AND "on" BETWEEN %(first)s AND %(last)s
UNION ALL
SELECT 'leave', NULL, from_noon::int, NULL, NULL, "on", NULL, name
  FROM teams_publicleave WHERE "on" BETWEEN %(first)s AND %(last)s
UNION ALL
SELECT 'shift', resource_id, weekday, starts, ends, valid_from, valid_until, ''
  FROM booking_shift WHERE resource_id = ANY(%(resources)s::bigint[])
ORDER BY 1, 3, 4
"""

# Joined from the list of resources: with `= ANY` on the key the index could not be used by both columns.
BUSY = """
SELECT one.id, claim.id, claim.lane, extract(epoch FROM lower(claim.during))::bigint,
       extract(epoch FROM upper(claim.during))::bigint
  FROM unnest(%(resources)s::bigint[]) AS one (id)
  JOIN booking_claim claim ON claim.resource_id = one.id AND claim.blocking
       AND claim.during && tstzrange(%(start)s, %(end)s)
UNION ALL
SELECT one.id, NULL, NULL, extract(epoch FROM lower(gone.during))::bigint,
       extract(epoch FROM upper(gone.during))::bigint
  FROM unnest(%(resources)s::bigint[]) AS one (id)
  JOIN booking_absence gone ON gone.resource_id = one.id AND gone.during && tstzrange(%(start)s, %(end)s)
"""


@dataclass(frozen=True)
class Shifts:
    weekday: int
    starts: int
    ends: int
    first: date | None
    last: date | None

    def counts_on(self, day: date) -> bool:
        is_in = (self.first is None or self.first <= day) and (self.last is None or day <= self.last)
        return is_in and self.weekday == day.weekday()


@dataclass(frozen=True)
class Busy:
    """`claims` and `away` by resource."""

    claims: Mapping[int, list[Taken]]
    away: Mapping[int, list[Stretch]]

    def full(self, resource: int, capacity: int) -> list[Stretch]:
        taken = lanes.full(((one.starts, one.ends) for one in self.claims.get(resource, ())), capacity)
        return lanes.joined([*taken, *self.away.get(resource, ())])


@dataclass(frozen=True)
class Working:
    book: Book
    shifts: Mapping[int, list[Shifts]] = field(default_factory=dict)
    _known: dict[date, list[Stretch]] = field(default_factory=dict, compare=False)

    def branch(self, day: date) -> list[Stretch]:
        if day not in self._known:
            self._known[day] = stretches(day, self.book.spans(day))
        return self._known[day]

    def of(self, resource: int, day: date) -> list[Stretch]:
        """Of the hours of the branch that day, those it works."""
        usual = self.branch(day)
        own = self.shifts.get(resource)
        if own is None:
            return usual
        mine = stretches(day, [(one.starts, one.ends) for one in own if one.counts_on(day)])
        return lanes.overlap(usual, mine)


def working(location: Location, resources: Iterable[int], first: date, last: date) -> Working:
    """The hours of a branch and the shifts of resources from the first to the last day. One query."""
    return workings([location], resources, first, last)[location.pk]


def workings(
    places: Iterable[Location], resources: Iterable[int], first: date, last: date
) -> dict[int, Working]:
    """The same for several branches, still one query."""
    known = {place.pk: place for place in places}
    asked = {"locations": list(known), "resources": list(resources), "first": first, "last": last}
    week: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    special: dict[int, dict[date, SpecialDay]] = defaultdict(dict)
    leaves: dict[date, DayOff] = {}
    shifts: dict[int, list[Shifts]] = defaultdict(list)
    for what, key, number, starts, ends, day, until, text in rows(WORKING, asked):
        if what == "week":
            week[key][number].append((starts, ends))
        elif what == "special":
            special[key][day] = SpecialDay(on=day, starts=starts, ends=ends, note=text)
        elif what == "leave":
            leaves[day] = DayOff(text, bool(number))
        else:
            shifts[key].append(Shifts(number, starts, ends, day, until))
    own = dict(shifts)
    return {
        pk: Working(Book(place.business.keeps_holidays, dict(week[pk]), special[pk], leaves), own)
        for pk, place in known.items()
    }


def busy(resources: Sequence[int], start: datetime, end: datetime) -> Busy:
    """What takes their time between two moments. One query; its cost grows with what lies between."""
    claims: dict[int, list[Taken]] = defaultdict(list)
    away: dict[int, list[Stretch]] = defaultdict(list)
    known = {"resources": list(resources), "start": start, "end": end}
    for resource, pk, lane, starts, ends in rows(BUSY, known):
        if pk is None:
            away[resource].append((starts, ends))
        else:
            claims[resource].append(Taken(pk, lane, starts, ends))
    return Busy(claims, away)


def stretches(day: date, spans: Iterable[tuple[int, int]]) -> list[Stretch]:
    return lanes.joined((moment(day, start), moment(day, end)) for start, end in spans)


def moment(day: date, minutes: int) -> int:
    """Of the wall clock, minutes after midnight of that day; they may count on into the next."""
    clock = datetime.combine(day + timedelta(days=minutes // DAY), time()) + timedelta(minutes=minutes % DAY)
    return int(clock.replace(tzinfo=timezone.get_default_timezone()).timestamp())


def rows(sql: str, known: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, known)
        return list(cursor.fetchall())
