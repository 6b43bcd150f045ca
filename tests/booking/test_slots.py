"""Free times: hours, shifts, holidays, absences, buffers, several needs, capacity; nights of a stay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from booking import slots
from booking.models import Absence, Shift
from teams.models import PublicLeave
from tests.factories import booking as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(bora):
    return make.clinic(bora)


def times(offering, day, *, pets=1, now=None) -> list[str]:
    now = now or timezone.now()
    found = slots.free(slots.plan(offering), day, day, pets=pets, now=now)[day]
    return [f"{timezone.localtime(one.starts):%H:%M}" for one in found]


def test_a_day_from_opening_to_closing(clinic):
    found = times(make.offering(clinic, minutes=60, step=30), make.monday())
    assert (found[0], found[-1], len(found)) == ("09:00", "18:00", 19)


def test_nothing_is_offered_without_anybody_to_do_it(clinic):
    offering = make.offering(clinic)
    offering.needs.all().delete()
    assert times(offering, make.monday()) == []


def test_nothing_on_days_off(clinic):
    offering, day = make.offering(clinic), make.monday()
    place = clinic.locations.get()
    assert times(offering, day + timedelta(days=6)) == []  # a Sunday
    place.special_days.create(on=day, starts=600, ends=720)
    assert times(offering, day) == ["10:00", "10:30", "11:00", "11:30"]
    place.special_days.update(starts=None, ends=None)
    assert times(offering, day) == []


def test_holidays_end_at_one_or_close_the_day(clinic):
    offering = make.offering(clinic, horizon_days=400)
    type(clinic).objects.filter(pk=clinic.pk).update(keeps_holidays=True)
    offering.location.business.refresh_from_db()
    day = make.monday()
    PublicLeave.objects.create(on=day, name="İdari izin", from_noon=True)
    PublicLeave.objects.create(on=day + timedelta(days=1), name="İdari izin")
    assert times(offering, day)[-1] == "12:30"
    assert times(offering, day + timedelta(days=1)) == []
    year = timezone.localdate().year + 1
    now = make.at(date(year, 10, 20), 8)
    assert times(offering, date(year, 10, 29), now=now) == []  # Cumhuriyet Bayramı


def test_shifts_narrow_the_hours_and_count_for_their_days(clinic):
    vet, day = make.resource(clinic), make.monday()
    offering = make.offering(clinic, vet)
    Shift.objects.create(resource=vet, weekday=0, starts=8 * 60, ends=10 * 60)
    assert times(offering, day) == ["09:00", "09:30"]
    assert times(offering, day + timedelta(days=1)) == []
    Shift.objects.update(valid_until=day - timedelta(days=1))
    assert times(offering, day) == []


def test_absences_and_bookings_take_time_with_their_buffers(clinic, ayse):
    vet, day = make.resource(clinic), make.monday()
    offering = make.offering(clinic, vet, buffer_after=15)
    Absence.objects.create(resource=vet, kind="leave", during=(make.at(day, 9), make.at(day, 17)))
    assert times(offering, day) == ["17:00", "17:30", "18:00", "18:30"]
    make.held(offering, ayse, make.at(day, 17, 30))
    assert times(offering, day) == ["18:30"]  # 17:00 would need until 17:45, 18:00 begins at 18:15


def test_several_needs_are_met_by_different_resources(clinic, ayse):
    first, second = make.resource(clinic), make.resource(clinic)
    room, day = make.resource(clinic, kind="room"), make.monday()
    both = make.offering(clinic, [first, second], [first, second], room, minutes=60, step=60)
    one = make.offering(clinic, [first, second], minutes=60, step=60)
    make.held(one, ayse, make.at(day, 9))
    assert "09:00" not in times(both, day)
    assert "09:00" in times(one, day)
    assert "10:00" in times(both, day)


def test_capacity_counts(clinic, ayse, bora):
    hall = make.resource(clinic, kind="room", capacity=2)
    course, day = make.offering(clinic, hall), make.monday()
    make.held(course, ayse, make.at(day, 9))
    assert times(course, day)[0] == "09:00"
    make.held(course, bora, make.at(day, 9))
    assert times(course, day)[0] == "09:30"


def test_more_animals_take_longer(clinic):
    offering = make.offering(clinic, minutes=30, more_minutes=20, most_pets=3, step=10)
    assert times(offering, make.monday(), pets=3)[-1] == "17:50"


def test_not_too_soon_and_not_too_far(clinic):
    offering = make.offering(clinic, notice_minutes=24 * 60, horizon_days=14)
    day = make.monday(2)
    now = make.at(day - timedelta(days=1), 10, 5)
    assert times(offering, day, now=now)[0] == "10:30"
    assert times(offering, day, now=now - timedelta(days=14)) == []


def test_hours_past_midnight_belong_to_the_day_they_began(clinic, ayse):
    day = make.monday()
    clinic.locations.get().weekly_hours.filter(weekday=0).update(starts=22 * 60, ends=26 * 60)
    offering = make.offering(clinic, minutes=60, step=60)
    assert times(offering, day) == ["22:00", "23:00", "00:00", "01:00"]
    late = make.held(offering, ayse, make.at(day + timedelta(days=1), 1))
    assert timezone.localtime(late.starts_at).hour == 1
    assert times(offering, day) == ["22:00", "23:00", "00:00"]


def test_a_month_costs_two_queries_however_much_there_is(clinic, ayse, django_assert_num_queries):
    vets = [make.resource(clinic) for _one in range(5)]
    offering = make.offering(clinic, vets)
    first, now = make.monday(), timezone.now()
    plan = slots.plan(offering)
    for hour in range(9, 12):
        make.held(offering, ayse, make.at(first, hour))
    with django_assert_num_queries(2):
        slots.free(plan, first, first + timedelta(days=30), pets=1, now=now)
    with django_assert_num_queries(1):
        slots.plan(offering)


# --- Nights ---------------------------------------------------------------------------------------


@pytest.fixture
def hotel(bora):
    return make.clinic(bora, "Patipark", "hotel", week=range(7))


def arrivals(offering, first, days, nights) -> list[bool]:
    found = slots.nights(
        slots.plan(offering), first, first + timedelta(days=days - 1), nights=nights, now=timezone.now()
    )
    return [bool(one) for one in found.values()]


def test_a_stay_needs_room_on_every_night(hotel, ayse):
    rooms = make.resource(hotel, kind="kennel", capacity=2)
    stay, day = make.offering(hotel, rooms, kind="stay"), make.monday()
    make.held(stay, ayse, make.at(day, 14), nights=2)
    make.held(stay, ayse, make.at(day + timedelta(days=1), 14), nights=2)
    assert arrivals(stay, day, 4, nights=1) == [True, False, True, True]
    assert arrivals(stay, day, 4, nights=2) == [False, False, True, True]


def test_one_leaves_at_noon_and_another_comes_in_the_afternoon(hotel, ayse):
    stay, day = make.offering(hotel, make.resource(hotel, kind="kennel"), kind="stay"), make.monday()
    first = make.held(stay, ayse, make.at(day, 14), nights=1)
    second = make.held(stay, ayse, make.at(day + timedelta(days=1), 14), nights=1)
    assert (first.nights, second.nights) == (1, 1)
    assert second.starts_at - first.ends_at == timedelta(hours=2)


def test_nobody_comes_or_goes_while_it_is_closed(hotel):
    hotel.locations.get().weekly_hours.filter(weekday=6).delete()
    stay, day = make.offering(hotel, make.resource(hotel, kind="kennel"), kind="stay"), make.monday()
    assert arrivals(stay, day + timedelta(days=5), 2, nights=1) == [False, False]
    assert arrivals(stay, day + timedelta(days=5), 1, nights=2) == [True]


def test_visitors_abroad_see_the_same_moments(clinic):
    """The wall clock of the branch decides, also while another zone changes to summer time."""
    offering = make.offering(clinic, horizon_days=400, minutes=60, step=60)
    year = timezone.localdate().year + 1
    change = date(year, 3, 31) - timedelta(days=(date(year, 3, 31).weekday() + 1) % 7)  # Berlin's spring
    for day in (change - timedelta(days=1), change + timedelta(days=1)):
        with timezone.override("Europe/Berlin"):
            found = slots.free(
                slots.plan(offering), day, day, pets=1, now=make.at(day, 7) - timedelta(days=3)
            )[day]
        assert found[0].starts == make.at(day, 9)
