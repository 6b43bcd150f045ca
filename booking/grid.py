"""Where entries stand on the sheet: hours down, resources or days across, side by side where they overlap.

Positions are hours and minutes in steps of five; the stylesheet knows a class for each, since pages may
carry no styles of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from . import calendars, lanes
from .agenda import Agenda, Entry
from .lanes import Stretch
from .models import Resource

STEP = 5
USUAL = (9, 18)  # hours of a sheet on which nothing is
MOST_LANES = 6


@dataclass(frozen=True)
class Box:
    """Minutes after the first hour of the sheet; `lane` of `lanes` beside each other."""

    top: int
    length: int
    lane: int = 0
    lanes: int = 1
    entry: Entry | None = None

    @property
    def place(self) -> str:
        """Its classes."""
        return f"at-{self.top // 60} at-m{self.top % 60} for-{self.length // 60} for-m{self.length % 60}"

    @property
    def side(self) -> str:
        return f"lane-{self.lane} of-{self.lanes}"


@dataclass(frozen=True)
class Column:
    key: str
    day: date
    resource: Resource | None
    boxes: Sequence[Box]
    shut: Sequence[Box]
    number: int


@dataclass(frozen=True)
class Sheet:
    hours: Sequence[int]
    columns: Sequence[Column]
    now: Box | None
    length: int

    @property
    def first(self) -> int:
        return self.hours[0]


def by_resource(agenda: Agenda) -> Sheet:
    day = agenda.first
    frame = _frame(agenda)
    columns = [_column(agenda, frame, day, one) for one in agenda.resources]
    return _sheet(agenda, frame, columns)


def by_day(agenda: Agenda) -> Sheet:
    frame = _frame(agenda)
    only = agenda.resources[0] if len(agenda.resources) == 1 else None
    return _sheet(agenda, frame, [_column(agenda, frame, day, only) for day in agenda.days])


def _sheet(agenda: Agenda, frame: tuple[int, int], columns: list[Column]) -> Sheet:
    now, (first, last) = timezone.localtime(agenda.now), frame
    minutes = (now.hour - first) * 60 + now.minute
    is_here = agenda.first <= now.date() <= agenda.last and 0 <= minutes < (last - first) * 60
    line = Box(minutes // STEP * STEP, 0) if is_here else None
    return Sheet(range(first, last), columns, line, last - first)


def _frame(agenda: Agenda) -> tuple[int, int]:
    """From the first hour in which something is to the last, of all days that are shown."""
    hours = [hour for day in agenda.days for hour in _hours(agenda, day)]
    hours = hours or list(USUAL)
    return min(hours), max(max(hours), min(hours) + 1)


def _hours(agenda: Agenda, day: date) -> Iterable[int]:
    """Stays and whole days off say nothing about the hours worth showing."""
    begin, end = _day(day)
    for start, stop in agenda.working.branch(day):
        yield (start - begin) // 3600
        yield min(24, -(-(stop - begin) // 3600))
    for one in agenda.on(day):
        start, stop = int(one.starts.timestamp()), int(one.ends.timestamp())
        if one.booking and start >= begin and stop <= end:
            yield (start - begin) // 3600
            yield -(-(stop - begin) // 3600)


def _column(agenda: Agenda, frame: tuple[int, int], day: date, resource: Resource | None) -> Column:
    mine = [one for one in agenda.on(day) if resource is None or resource in one.resources]
    boxes = _side_by_side([box for one in mine if (box := _box(one, day, frame))])
    key = str(resource.public_id) if resource else str(day)
    number = sum(1 for one in mine if one.booking)
    return Column(key, day, resource, boxes, _shut(agenda, frame, day, resource), number)


def _box(entry: Entry, day: date, frame: tuple[int, int]) -> Box | None:
    begin, _end = _day(day)
    stretch = _minutes(int(entry.starts.timestamp()), int(entry.ends.timestamp()), begin, frame)
    return Box(stretch[0], max(stretch[1] - stretch[0], STEP * 2), entry=entry) if stretch else None


def _minutes(start: int, stop: int, begin: int, frame: tuple[int, int]) -> Stretch | None:
    """Cut to the sheet, in steps; None: not on it."""
    top = begin + frame[0] * 3600
    first, last = max(0, start - top) // 60, min((frame[1] - frame[0]) * 3600, stop - top) // 60
    return (first // STEP * STEP, -(-last // STEP) * STEP) if last > first else None


def _shut(agenda: Agenda, frame: tuple[int, int], day: date, resource: Resource | None) -> list[Box]:
    """Outside the hours of the resource, or of the branch."""
    works = agenda.working.of(resource.pk, day) if resource else agenda.working.branch(day)
    begin, _end = _day(day)
    edges = [begin + frame[0] * 3600, *(edge for one in lanes.joined(works) for edge in one)]
    edges.append(begin + frame[1] * 3600)
    pairs = zip(edges[::2], edges[1::2], strict=True)
    found = [_minutes(start, stop, begin, frame) for start, stop in pairs]
    return [Box(one[0], one[1] - one[0]) for one in found if one]


def _side_by_side(boxes: list[Box]) -> list[Box]:
    """Those that overlap share the width: each group as many lanes as it needs."""
    found: list[Box] = []
    group: list[Box] = []
    ends = 0
    for box in sorted(boxes, key=lambda one: (one.top, -one.length)):
        if group and box.top >= ends:
            found += _laned(group)
            group = []
        group.append(box)
        ends = max(ends, box.top + box.length) if len(group) > 1 else box.top + box.length
    return found + _laned(group)


def _laned(group: list[Box]) -> list[Box]:
    free: list[int] = []  # until when each lane is taken
    lane_of: list[int] = []
    for box in group:
        lane = next((at for at, until in enumerate(free) if until <= box.top), len(free))
        free[lane : lane + 1] = [box.top + box.length]
        lane_of.append(min(lane, MOST_LANES - 1))
    width = min(len(free), MOST_LANES)
    return [Box(one.top, one.length, at, width, one.entry) for one, at in zip(group, lane_of, strict=True)]


def _day(day: date) -> Stretch:
    return calendars.moment(day, 0), calendars.moment(day + timedelta(days=1), 0)


def near(moment: datetime) -> Any:
    """The next full five minutes."""
    local = timezone.localtime(moment).replace(second=0, microsecond=0)
    return local + timedelta(minutes=-local.minute % STEP)
