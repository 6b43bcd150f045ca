"""Figures, the sheet and the waiting room: arithmetic."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from booking import agenda, board, figures, grid, queries, services
from booking.models import Booking, Resource
from booking.services import Guest
from booking.states import By
from tests.factories import booking as make

pytestmark = pytest.mark.django_db
NOW = timezone.now
GUEST = Guest("Melek Su", "", "Boncuk", "rabbit")


@pytest.fixture
def clinic(bora):
    return make.clinic(bora)


@pytest.fixture
def vet(clinic):
    return make.resource(clinic, "Dr. Bora", capacity=2)


@pytest.fixture
def visit(clinic, vet):
    return make.offering(clinic, vet, minutes=60)


@pytest.fixture
def put(visit, bora):
    def place(starts_at, **more):
        facts = {"offering": visit, "guest": GUEST, "by": bora, "now": starts_at - timedelta(days=1)}
        return services.walk_in(starts_at=starts_at, **(facts | more))

    return place


def read(clinic, day, now=None):
    return agenda.read(clinic.locations.select_related("business").get(), day, day, now=now or NOW())


def test_by_week(clinic, put, bora):
    monday = make.monday(0)
    kept, missed, ended, old = (put(make.at(monday, hour)) for hour in (9, 10, 11, 12))
    services.complete(booking=kept, by=bora, now=kept.ends_at)
    services.miss(booking=missed, by=bora, now=missed.ends_at)
    services.cancel(booking=ended, role=By.PROVIDER, by=bora, now=ended.starts_at)
    Booking.objects.filter(pk=old.pk).update(
        starts_at=old.starts_at - timedelta(days=7), ends_at=old.ends_at - timedelta(days=7)
    )
    Booking.objects.filter(pk=kept.pk).update(price=500, due=500, paid=500, refunded=100)
    days = figures.last_weeks(4, timezone.localdate())
    rows, resources = queries.bookings_with(clinic), Resource.objects.filter(business=clinic)
    found = figures.sums(rows, resources, days)
    assert (found.number, found.missed, found.cancelled, found.by_us) == (2, 1, 1, 1)
    assert (found.earned, found.back) == (400, 100)
    assert (str(found.missed_share), str(found.cancelled_share)) == ("33.3", "25.0")
    bars = figures.bars(rows, days)
    assert [bar.number for bar in bars] == [0, 0, 1, 1]
    assert [row["number"] for row in figures.best(rows, days)] == [2]


def test_how_full(clinic, put):
    """Two hours of six days of ten hours with two lanes."""
    monday = make.monday(0)
    put(make.at(monday, 9)), put(make.at(monday, 9))
    days = figures.last_weeks(1, timezone.localdate())
    assert str(figures.occupancy(Resource.objects.filter(business=clinic), days)) == "1.7"


def test_where_entries_stand(clinic, put, vet, bora):
    monday = make.monday()
    first, beside = put(make.at(monday, 10)), put(make.at(monday, 10, 30))
    alone = put(make.at(monday, 15, 20))
    services.add_absence(
        resource=vet, kind="block", starts_at=make.at(monday, 18), ends_at=make.at(monday, 23), by=bora
    )
    sheet = grid.by_resource(read(clinic, monday))
    places = {
        box.entry.booking or "away": (box.top, box.length, box.lane, box.lanes)
        for box in sheet.columns[0].boxes
    }
    assert (sheet.first, sheet.length) == (9, 10)
    assert places[first] == (60, 60, 0, 2)
    assert places[beside] == (90, 60, 1, 2)
    assert places[alone] == (380, 60, 0, 1)
    assert places["away"] == (540, 60, 0, 1)
    assert sheet.columns[0].shut == []
    assert sheet.now is None


def test_the_line_of_now_and_closed_hours(clinic, put, vet, bora):
    monday = make.monday()
    services.set_shifts(resource=vet, week={0: [(10 * 60, 12 * 60)]}, by=bora)
    sheet = grid.by_resource(read(clinic, monday, make.at(monday, 11, 24)))
    assert sheet.now.top == 140
    assert [(box.top, box.length) for box in sheet.columns[0].shut] == [(0, 60), (180, 420)]


def test_a_closed_day_has_a_sheet_too(clinic, vet):
    sheet = grid.by_resource(read(clinic, make.monday() + timedelta(days=6)))
    assert list(sheet.hours) == list(range(9, 18))
    assert [(box.top, box.length) for box in sheet.columns[0].shut] == [(0, 540)]


def test_a_stay_lies_over_the_whole_sheet(person):
    hotel = make.clinic(person("Meral", "Su"), "Otel", "hotel", week=range(7))
    stay = make.offering(hotel, make.resource(hotel, kind="kennel", capacity=5), kind="stay")
    monday = make.monday()
    guest = Guest("Melek Su", "", "Limon", "cat")
    facts = {"guest": guest, "by": None, "now": NOW(), "nights": 3}
    services.walk_in(offering=stay, starts_at=make.at(monday, 14), **facts)
    found = read(hotel, monday + timedelta(days=1))
    box = grid.by_resource(found).columns[0].boxes[0]
    assert (box.top, box.length) == (0, 600)


def test_the_waiting_room(clinic, put, bora):
    monday = make.monday()
    for hour in (9, 10, 11, 12, 13, 14, 15):
        put(make.at(monday, hour))
    waits, inside, done = Booking.objects.order_by("starts_at")[:3]
    now = make.at(monday, 11, 20)
    for one, minutes in ((waits, 20), (inside, 30), (done, 60)):
        services.arrive(booking=one, by=bora, now=now - timedelta(minutes=minutes))
    services.take_in(booking=inside, by=bora, now=now - timedelta(minutes=20))
    services.complete(booking=done, by=bora, now=now)
    found = board.of(read(clinic, monday, now))
    lanes = {lane.code: lane for lane in found.lanes}
    assert {code: lane.number for code, lane in lanes.items()} == {
        "expected": 4,
        "waiting": 1,
        "inside": 1,
        "done": 1,
    }
    assert (lanes["waiting"].cards[0].waited, lanes["waiting"].cards[0].is_long) == (20, True)
    assert lanes["inside"].cards[0].inside == 20
    assert found.average == 10
