"""When a branch is open: weekdays, holidays of the law, announced days off, special days.

    book = hours.book(location, first_day, last_day)      # three queries, however many days
    book.periods(day)                                     # what is open that day
    hours.state(location, now)                            # “open until 19:00”, “opens tomorrow at 9:00”

A special day counts first. Else, where the business keeps holidays, a full one is closed and a half
one ends at 13:00. Times are wall time; a stretch past midnight belongs to the day it began.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

import holidays
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import journal, text

from . import events, shown
from .models import Location, PublicLeave, SpecialDay, WeeklyHours

NOON = 13 * 60  # half holidays begin at 13:00
AHEAD = 14  # days in which the next opening is looked for

Span = tuple[int, int]  # minutes since midnight


@dataclass(frozen=True)
class Period:
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class DayOff:
    name: str
    is_half: bool


@dataclass(frozen=True)
class State:
    """Open until `changes_at`, or closed until then; None: nothing is known ahead."""

    is_open: bool
    changes_at: datetime | None


@dataclass(frozen=True)
class Book:
    """All that decides about the hours of one branch on some days."""

    keeps_holidays: bool
    weekly: dict[int, list[Span]]
    special: dict[date, SpecialDay]
    announced: dict[date, DayOff] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.weekly and not self.special

    def day_off(self, day: date) -> DayOff | None:
        """What the calendar says of a day, whether this business keeps it or not."""
        return self.announced.get(day) or _holidays(day.year, translation.get_language() or "tr").get(day)

    def note(self, day: date) -> str:
        """Why this day differs from its weekday."""
        if special := self.special.get(day):
            return special.note
        off = self.day_off(day) if self.keeps_holidays else None
        return off.name if off else ""

    def spans(self, day: date) -> list[Span]:
        if special := self.special.get(day):
            return [] if special.starts is None or special.ends is None else [(special.starts, special.ends)]
        usual = self.weekly.get(day.weekday(), [])
        off = self.day_off(day) if self.keeps_holidays else None
        if off is None:
            return usual
        return [(start, min(end, NOON)) for start, end in usual if start < NOON] if off.is_half else []

    def periods(self, day: date) -> list[Period]:
        return [Period(_moment(day, start), _moment(day, end)) for start, end in self.spans(day)]


@lru_cache(maxsize=64)
def _holidays(year: int, language: str) -> dict[date, DayOff]:
    """Law 2429, with the half days from 13:00. A day that is both is a full one."""
    words = "tr" if language == "tr" else "en_US"
    half = holidays.country_holidays("TR", years=year, categories=("half_day",), language=words)
    full = holidays.country_holidays("TR", years=year, categories=("public",), language=words)
    return {day: DayOff(name, True) for day, name in half.items()} | {
        day: DayOff(name, False) for day, name in full.items()
    }


def book(location: Location, first: date, last: date) -> Book:
    return books([location], first, last)[location.pk]


def books(locations: Iterable[Location], first: date, last: date) -> dict[int, Book]:
    """The same for many branches with the same three queries."""
    places = list(locations)
    special: dict[int, dict[date, SpecialDay]] = {place.pk: {} for place in places}
    for row in SpecialDay.objects.filter(location__in=places, on__range=(first, last)):
        special[row.location_id][row.on] = row
    leaves = PublicLeave.objects.filter(on__range=(first, last))
    announced = {row.on: DayOff(row.name, row.from_noon) for row in leaves}
    weekly = _weekly(places)
    return {
        place.pk: Book(place.business.keeps_holidays, weekly[place.pk], special[place.pk], announced)
        for place in places
    }


def _weekly(places: list[Location]) -> dict[int, dict[int, list[Span]]]:
    found: dict[int, dict[int, list[Span]]] = {place.pk: defaultdict(list) for place in places}
    for row in WeeklyHours.objects.filter(location__in=places):
        found[row.location_id][row.weekday].append((row.starts, row.ends))
    return found


def open_periods(location: Location, day: date) -> list[Period]:
    """When a branch is open that day. Bookings ask this."""
    return book(location, day, day).periods(day)


def state(location: Location, now: datetime) -> State:
    today = timezone.localdate(now)
    return state_in(book(location, today - timedelta(days=1), today + timedelta(days=AHEAD)), now)


def state_in(book: Book, now: datetime) -> State:
    today = timezone.localdate(now)
    days = [today + timedelta(days=offset) for offset in range(-1, AHEAD + 1)]
    periods = _joined(period for day in days for period in book.periods(day))
    for period in periods:
        if period.starts <= now < period.ends:
            return State(True, period.ends)
        if period.starts > now:
            return State(False, period.starts)
    return State(False, None)


def _joined(periods: Iterable[Period]) -> list[Period]:
    """Stretches that meet are one: who is open round the clock never closes at midnight."""
    joined: list[Period] = []
    for period in sorted(periods, key=lambda one: one.starts):
        if joined and period.starts <= joined[-1].ends:
            joined[-1] = Period(joined[-1].starts, max(joined[-1].ends, period.ends))
        else:
            joined.append(period)
    return joined


def sentence(state: State, now: datetime) -> str:
    """“Open now · closes at 19:00”, as people say it."""
    if state.changes_at is None:
        return _("Closed")
    moment = timezone.localtime(state.changes_at)
    words = {"time": _at(moment), "day": date_format(moment, "j F l")}
    if state.is_open:
        if state.changes_at - now > timedelta(days=1):
            return _("Open now · round the clock")
        return _("Open now · closes at %(time)s") % words
    if moment.date() == timezone.localdate(now):
        return _("Closed now · opens today at %(time)s") % words
    if moment.date() == timezone.localdate(now) + timedelta(days=1):
        return _("Closed now · opens tomorrow at %(time)s") % words
    return _("Closed now · opens on %(day)s at %(time)s") % words


def _at(moment: datetime) -> str:
    is_turkish = (translation.get_language() or "tr") == "tr"
    return text.at_time(moment.hour, moment.minute) if is_turkish else f"{moment:%H:%M}"


def _moment(day: date, minutes: int) -> datetime:
    start = datetime.combine(day + timedelta(days=minutes // (24 * 60)), time())
    clock = (start + timedelta(minutes=minutes % (24 * 60))).replace(tzinfo=timezone.get_default_timezone())
    return clock


@transaction.atomic
def set_week(*, location: Location, week: dict[int, list[Span]], by: Any) -> None:
    """The hours of all weekdays, replaced as a whole."""
    Location.objects.select_for_update().get(pk=location.pk)
    location.weekly_hours.all().delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(location=location, weekday=day, starts=start, ends=end)
        for day, spans in week.items()
        for start, end in spans
    )
    _told(location, by)


@transaction.atomic
def set_special_day(*, location: Location, on: date, span: Span | None, note: str, by: Any) -> SpecialDay:
    """Closed that day (no span) or open at these times instead of the usual ones."""
    starts, ends = span or (None, None)
    values = {"starts": starts, "ends": ends, "note": note}
    row, _created = SpecialDay.objects.update_or_create(location=location, on=on, defaults=values)
    _told(location, by)
    return row


@transaction.atomic
def remove_special_day(*, special: SpecialDay, by: Any) -> None:
    special.delete()
    _told(special.location, by)


@transaction.atomic
def keep_holidays(*, location: Location, keeps: bool, by: Any) -> None:
    business = location.business
    business.keeps_holidays = keeps
    business.save(update_fields=["keeps_holidays"])
    _told(location, by)


def overlaps(spans: list[Span]) -> bool:
    return any(first[1] > second[0] for first, second in pairwise(sorted(spans)))


def _told(location: Location, by: Any) -> None:
    journal.write(events.HOURS_EDITED, actor=by, subject=location, data={"business": location.business_id})
    shown.changed(location.business)
