"""Times stand on the wall clock of the branch, whatever the clocks of the zone do.

Days around changes of the clock (also by half an hour), at the ends of months and years, with half holidays
and hours past midnight. Nothing here is read from the database.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from booking import calendars, slots
from booking.calendars import Busy, Working
from booking.kinds import Kind
from booking.models import Offering
from booking.slots import Plan, Wants
from teams.hours import NOON, Book
from teams.models import Location

DAY = timedelta(days=1)
CHANGES = {
    "Europe/Istanbul": [date(2026, 10, 29), date(2026, 3, 19), date(2027, 1, 1), date(2028, 2, 29)],
    "Europe/Berlin": [date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31)],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],  # by half an hour
    "Asia/Beirut": [date(2026, 3, 29), date(2026, 10, 25)],  # at midnight
}
VISITORS = ["America/Los_Angeles", "Asia/Tokyo", "Europe/Berlin", "Pacific/Chatham"]

places = some.sampled_from([(zone, day) for zone, days in CHANGES.items() for day in days])
opening = some.integers(0, 23 * 4).map(lambda quarter: quarter * 15)
lengths = some.sampled_from([15, 30, 45, 90])
steps = some.sampled_from([15, 20, 30, 60])


@contextmanager
def clock(name: str):
    """The zone of the house is this one meanwhile."""
    before = timezone.get_default_timezone
    zone = ZoneInfo(name)
    timezone.get_default_timezone = lambda: zone  # type: ignore[assignment]
    try:
        with timezone.override(zone):
            yield zone
    finally:
        timezone.get_default_timezone = before  # type: ignore[assignment]


def week(*spans: tuple[int, int], keeps_holidays: bool = False) -> Working:
    return Working(Book(keeps_holidays, {day: list(spans) for day in range(7)}, {}))


def plan(**facts) -> Plan:
    usual = {"kind": Kind.VISIT, "minutes": 30, "step": 30, "notice_minutes": 0, "horizon_days": 400}
    return Plan(Offering(location=Location(), **usual | facts), (Wants(1, (1,)),), {1: 1})


def times(plan: Plan, working: Working, day: date) -> list[slots.Slot]:
    """As if nothing were taken."""
    read = object.__new__(slots.Reading)
    read.working, read.busy, read._full = {plan.offering.location_id: working}, Busy({}, {}), {}
    read.today = day - 30 * DAY
    read.now = int(datetime.combine(read.today, time(), UTC).timestamp())
    return list(read.times(plan, day, pets=1))


@given(places, opening, some.integers(60, 26 * 60), lengths, steps)
def test_every_time_lies_in_the_opening_hours_of_the_wall(place, opens, open_for, minutes, step):
    zone_name, day = place
    with clock(zone_name) as zone:
        working = week((opens, opens + open_for))
        wanted = plan(minutes=minutes, step=step)
        found = times(wanted, working, day)
        start, end = (at(day, number, zone) for number in (opens, opens + open_for))
        for slot in found:
            assert start <= slot.starts
            assert slot.ends <= end
            assert slot.ends - slot.starts == timedelta(minutes=minutes), "as long as it takes, by any clock"
        assert all(later.starts - one.starts == timedelta(minutes=step) for one, later in pairwise(found))
        if end - start >= timedelta(minutes=minutes):
            assert found[0].starts == start, "the first begins when the door opens"


@given(places, opening, some.integers(60, 600), lengths, steps)
def test_what_is_shown_can_be_taken_and_nothing_else(place, opens, open_for, minutes, step):
    zone_name, day = place
    with clock(zone_name):
        working = week((opens, opens + open_for))
        wanted = plan(minutes=minutes, step=step)
        now = datetime.combine(day - 30 * DAY, time(), UTC)
        shown = {slot.starts for one in (day - DAY, day, day + DAY) for slot in times(wanted, working, one)}
        for number in range(0, 24 * 60, 5):
            start = datetime.combine(day, time(), UTC) + timedelta(minutes=number)
            end = start + timedelta(minutes=minutes)
            taken = slots.is_offered(wanted, working, start, end, nights=1, now=now)
            assert taken == (start in shown), start


@given(places, opening, some.integers(1, 9), opening)
def test_a_stay_comes_and_goes_by_the_wall(place, arrive_at, nights, leave_by):
    zone_name, day = place
    with clock(zone_name) as zone:
        offering = Offering(kind=Kind.STAY, arrive_at=arrive_at, leave_by=leave_by)
        start, end = (datetime.fromtimestamp(one, zone) for one in slots.span_of_stay(offering, day, nights))
        for moment, on, minutes in ((start, day, arrive_at), (end, day + nights * DAY, leave_by)):
            exists = at(on, minutes, zone).astimezone(zone)
            assert moment == exists
            if (exists.hour, exists.minute) == divmod(minutes, 60):
                assert (moment.date(), moment.hour, moment.minute) == (on, *divmod(minutes, 60))


@given(places, some.sampled_from(VISITORS), opening, lengths)
def test_a_visitor_abroad_sees_the_same_moments(place, visitor, opens, minutes):
    zone_name, day = place
    with clock(zone_name):
        wanted, working = plan(minutes=minutes), week((opens, opens + 300))
        here = times(wanted, working, day)
        with timezone.override(ZoneInfo(visitor)):
            assert times(wanted, working, day) == here


@given(places, opening, some.integers(60, 26 * 60))
def test_days_that_follow_never_share_a_moment(place, opens, open_for):
    """Hours past midnight belong to the day they began; where two days overlap both hold it, as on paper."""
    zone_name, day = place
    with clock(zone_name):
        one, other = (calendars.stretches(on, [(opens, opens + open_for)]) for on in (day, day + DAY))
        if open_for <= 22 * 60:  # a clock never jumps by more than two hours
            assert not one or not other or one[-1][1] <= other[0][0]


def test_half_holidays_end_at_one_and_full_ones_are_closed():
    with clock("Europe/Istanbul") as zone:
        working, wanted = week((9 * 60, 19 * 60), keeps_holidays=True), plan()
        half, full = date(2026, 10, 28), date(2026, 10, 29)
        last = times(wanted, working, half)[-1]
        assert last.ends == at(half, NOON, zone)
        assert times(wanted, working, full) == []


def test_a_clock_that_was_set_back_or_ahead_offers_nothing_that_lies_behind(monkeypatch):
    """Whatever `now` says: nothing before it, and nothing beyond the horizon counted from it."""
    with clock("Europe/Istanbul"):
        wanted, working = plan(notice_minutes=60, horizon_days=10), week((0, 24 * 60))
        monkeypatch.setattr(calendars, "workings", lambda *_: {None: working})
        monkeypatch.setattr(calendars, "busy", lambda *_: Busy({}, {}))
        for jump in (timedelta(0), -3 * DAY, 5 * DAY, timedelta(hours=-1), timedelta(minutes=1)):
            now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC) + jump
            today = timezone.localdate(now)
            found = slots.free(wanted, today - DAY, today + 12 * DAY, pets=1, now=now)
            every = [slot.starts for day in found.values() for slot in day]
            assert min(every) >= now + timedelta(minutes=60)
            assert max(timezone.localdate(one) for one in every) == today + 10 * DAY


def at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The moment at which the wall shows this, by the zone's own rules; the first of two, and where the
    clock leaps over it, as long after midnight's side of the leap."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=zone).astimezone(UTC)
