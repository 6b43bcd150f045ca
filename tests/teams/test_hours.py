"""Opening hours: weekdays, holidays 2026–2028 with half days, announced days off, special days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from teams import hours
from teams.models import PublicLeave, WeeklyHours
from tests.factories import teams

pytestmark = pytest.mark.django_db
ISTANBUL = ZoneInfo("Europe/Istanbul")
NINE, NOON, SEVEN = 9 * 60, 13 * 60, 19 * 60

# Law 2429: first and last day of each holiday; half days begin at 13:00.
FULL = {
    2026: ["01-01", "03-20..03-22", "04-23", "05-01", "05-19", "05-27..05-30", "07-15", "08-30", "10-29"],
    2027: ["01-01", "03-09..03-11", "04-23", "05-01", "05-16..05-19", "07-15", "08-30", "10-29"],
    2028: ["01-01", "02-26..02-28", "04-23", "05-01", "05-05..05-08", "05-19", "07-15", "08-30", "10-29"],
}
HALF = {
    2026: ["03-19", "05-26", "10-28"],
    2027: ["03-08", "05-15", "10-28"],
    2028: ["02-25", "05-04", "10-28"],
}


def days(year: int, spans: list[str]) -> set[date]:
    found: set[date] = set()
    for span in spans:
        first, last = (date.fromisoformat(f"{year}-{end}") for end in (span.split("..") * 2)[:2])
        found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return found


@pytest.fixture
def place(bora):
    """Open every day from 9 to 19, closed on holidays."""
    location = teams.verified(bora, keeps_holidays=True).locations.get()
    hours.set_week(location=location, week={day: [(NINE, SEVEN)] for day in range(7)}, by=bora)
    return location


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_every_day_of_three_years(place, year):
    first, last = date(year, 1, 1), date(year, 12, 31)
    book = hours.book(place, first, last)
    full, half = days(year, FULL[year]), days(year, HALF[year])
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        wanted = [] if day in full else [(NINE, NOON)] if day in half else [(NINE, SEVEN)]
        assert book.spans(day) == wanted, day


def test_holidays_are_kept_only_where_the_business_says_so(place, bora):
    hours.keep_holidays(location=place, keeps=False, by=bora)
    assert hours.book(place, date(2027, 1, 1), date(2027, 1, 1)).spans(date(2027, 1, 1)) == [(NINE, SEVEN)]


def test_announced_leave_is_a_day_off_like_the_others(place):
    bridge, eve = date(2027, 5, 20), date(2027, 12, 31)
    PublicLeave.objects.create(on=bridge, name="İdari izin")
    PublicLeave.objects.create(on=eve, name="Yılbaşı arifesi", from_noon=True)
    assert hours.open_periods(place, bridge) == []
    assert [period.ends.hour for period in hours.open_periods(place, eve)] == [13]


def test_special_day_counts_before_weekday_and_holiday(place, bora):
    new_year, monday = date(2027, 1, 1), date(2027, 1, 4)
    hours.set_special_day(location=place, on=new_year, span=(600, 720), note="Nöbetçi", by=bora)
    hours.set_special_day(location=place, on=monday, span=None, note="Tadilat", by=bora)
    book = hours.book(place, new_year, monday)
    assert (book.spans(new_year), book.note(new_year)) == ([(600, 720)], "Nöbetçi")
    assert (book.spans(monday), book.note(monday)) == ([], "Tadilat")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23 09:00", "Şimdi açık · 19:00’da kapanır"),
        ("2026-11-23 18:59", "Şimdi açık · 19:00’da kapanır"),
        ("2026-11-23 08:59", "Şimdi kapalı · bugün 09:00’da açılır"),
        ("2026-11-23 19:00", "Şimdi kapalı · yarın 09:00’da açılır"),
        ("2026-10-28 12:59", "Şimdi açık · 13:00’te kapanır"),
        ("2026-10-28 13:00", "Şimdi kapalı · 30 Ekim Cuma günü 09:00’da açılır"),
    ],
)
def test_state_in_words(place, moment, words):
    now = datetime.fromisoformat(moment).replace(tzinfo=ISTANBUL)
    assert hours.sentence(hours.state(place, now), now) == words


def test_night_shift_belongs_to_the_day_it_began(place, bora):
    hours.set_week(location=place, week={4: [(22 * 60, 30 * 60)]}, by=bora)
    saturday = datetime(2026, 11, 28, 5, 30, tzinfo=ISTANBUL)
    assert hours.state(place, saturday).is_open
    assert not hours.state(place, saturday + timedelta(minutes=30)).is_open


def test_round_the_clock_never_closes_at_midnight(place, bora):
    hours.set_week(location=place, week={day: [(0, 24 * 60)] for day in range(7)}, by=bora)
    hours.keep_holidays(location=place, keeps=False, by=bora)
    now = datetime(2026, 11, 23, 23, 59, tzinfo=UTC)
    assert hours.sentence(hours.state(place, now), now) == "Şimdi açık · kesintisiz"


def test_a_place_without_hours_is_closed_and_says_no_more(bora):
    location = teams.verified(bora).locations.get()
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert hours.state(location, now) == hours.State(False, None)


def test_overlapping_hours_are_refused_by_the_database(place):
    with pytest.raises(IntegrityError, match="openings_of_a_day_do_not_overlap"), transaction.atomic():
        WeeklyHours.objects.create(location=place, weekday=0, starts=600, ends=660)
    with pytest.raises(IntegrityError, match="opening_lasts_up_to_a_day"), transaction.atomic():
        WeeklyHours.objects.create(location=place, weekday=0, starts=1200, ends=1200)


def test_queries_do_not_grow_with_days(place, django_assert_num_queries):
    for last in (date(2026, 1, 1), date(2026, 12, 31)):
        with django_assert_num_queries(3):
            hours.book(place, date(2026, 1, 1), last)
