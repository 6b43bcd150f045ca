"""Getting in line: what is refused, by the code and by the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from booking import errors as bookings
from booking import services as booking_services
from booking.waitlist import errors, rules, services
from booking.waitlist.models import Entry
from booking.waitlist.states import ACTIVE, ENTRIES, Status
from core.models import Line
from core.states import MoveRefused
from tests.core.rivals import behind
from tests.factories import booking as make
from tests.factories import pets, transfers, waiting

pytestmark = pytest.mark.django_db
NOW = timezone.now


def test_she_waits(visit, taken, deniz, day):
    entry = waiting.wait(visit, deniz, day)
    assert (entry.status, entry.number, entry.business) == (Status.WAITING, 1, visit.business)
    assert Line.objects.filter(name="waitlist.joined").count() == 1


def test_what_is_free_needs_no_waiting(visit, deniz, day):
    with pytest.raises(errors.TimeIsFree) as refused:
        waiting.wait(visit, deniz, day)
    assert refused.value.slot.starts == make.at(day, 9)
    waiting.wait(visit, deniz, day, parts=["aksam"], animals=[pets.pet(deniz, "Boncuk")])


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (3, 2), (0, 31), (50, 61), (61, 61)])
def test_days_that_make_no_sense(visit, deniz, first, last):
    today = timezone.localdate()
    with pytest.raises(errors.WrongDays):
        waiting.wait(visit, deniz, today + timedelta(days=first), days=last - first + 1)


def test_only_what_can_be_booked(visit, taken, deniz, day):
    visit.species = ["dog"]
    with pytest.raises(bookings.WrongPets):
        waiting.wait(visit, deniz, day)
    visit.species = []
    with pytest.raises(bookings.WrongPets):
        waiting.wait(visit, deniz, day, animals=[pets.pet(deniz, "A"), pets.pet(deniz, "B")])
    visit.is_open = False
    with pytest.raises(bookings.Closed):
        waiting.wait(visit, deniz, day)
    visit.is_open = True
    visit.business.licences.update(valid_until=day - timedelta(days=1))
    with pytest.raises(bookings.Closed):
        waiting.wait(visit, deniz, day)


def test_animals_come_and_each_of_them_once(visit, taken, deniz, day):
    visit.most_pets, pet = 2, pets.pet(deniz)
    facts = {"offering": visit, "first": day, "last": day, "by": deniz, "now": NOW()}
    for animals in ([], [pet, pet]):
        with pytest.raises(bookings.WrongPets):
            services.join(pets=animals, **facts)


def test_each_person_counts_by_herself(visit, taken, person, day):
    for number in range(rules.MOST_WAITS + 1):
        keeper = person("Sahip", str(number), email=f"s{number}@ornek.test")
        assert waiting.wait(visit, keeper, day).number == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_do_not_wait_under_one_number(visit, taken, deniz, day):
    pet = pets.pet(deniz)
    later = behind(
        lambda: waiting.wait(visit, deniz, day, animals=[pet]),
        lambda: waiting.wait(visit, deniz, day + timedelta(days=1), animals=[pet]),
    )
    assert later.number == 2
    assert set(Entry.objects.values_list("number", flat=True)) == {1, 2}


def test_what_is_carried_is_asked_for_and_not_waited_for(bora, deniz, day):
    with pytest.raises(bookings.ByQuote):
        waiting.wait(transfers.carrier(bora), deniz, day)


def test_once_for_each_day_of_an_offering(visit, taken, deniz, day):
    waiting.wait(visit, deniz, day)
    with pytest.raises(errors.WaitsAlready):
        waiting.wait(visit, deniz, day - timedelta(days=1), days=3)
    waiting.wait(visit, deniz, day + timedelta(days=1))
    with pytest.raises(IntegrityError, match="person_waits_once_for_a_day"), transaction.atomic():
        Entry.objects.update(first=day, last=day)


def test_five_at_most(visit, taken, deniz, day):
    for number in range(rules.MOST_WAITS):
        waiting.wait(visit, deniz, day + timedelta(days=number))
    with pytest.raises(errors.TooManyWaits):
        waiting.wait(visit, deniz, day + timedelta(days=10))
    row = Entry.objects.get(number=5)
    with pytest.raises(IntegrityError, match="person_waits_for_five"), transaction.atomic():
        Entry.objects.filter(pk=row.pk).update(number=6)
    with pytest.raises(IntegrityError, match="person_waits_for_five"), transaction.atomic():
        Entry.objects.filter(pk=row.pk).update(number=None)
    with pytest.raises(IntegrityError, match="each_wait_of_a_person"), transaction.atomic():
        Entry.objects.filter(pk=row.pk).update(number=1)
    services.withdraw(entry=row, by=deniz, now=NOW())
    assert waiting.wait(visit, deniz, day + timedelta(days=10)).number == 5


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"status": "gone", "ended_at": timezone.now()}, "wait_has_a_known_state"),
        ({"status": "offered"}, "offered_wait_has_its_booking"),
        ({"status": "withdrawn"}, "ended_wait_says_when"),
    ],
)
def test_the_database_knows_a_wrong_state(visit, taken, deniz, day, facts, name):
    waiting.wait(visit, deniz, day)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Entry.objects.update(**facts)


@pytest.mark.parametrize("away", [-1, 31])
def test_the_database_knows_a_wrong_range(visit, taken, deniz, day, away):
    waiting.wait(visit, deniz, day)
    with pytest.raises(IntegrityError, match="wait_is_for_a_month"), transaction.atomic():
        Entry.objects.update(last=day + timedelta(days=away))
    Entry.objects.update(last=day + timedelta(days=30))


def test_every_pair_of_states():
    allowed = {(source, target) for source, targets in ENTRIES.table.items() for target in targets}
    assert allowed == {
        ("waiting", "offered"),
        ("waiting", "expired"),
        ("waiting", "withdrawn"),
        ("offered", "booked"),
        ("offered", "passed"),
        ("offered", "expired"),
        ("offered", "withdrawn"),
        ("expired", "booked"),
    }
    assert {"waiting", "offered"} == ACTIVE


def test_withdrawn_is_withdrawn(visit, taken, deniz, day):
    entry = waiting.wait(visit, deniz, day)
    services.withdraw(entry=entry, by=deniz, now=NOW())
    assert (entry.status, entry.number) == (Status.WITHDRAWN, None)
    with pytest.raises(MoveRefused):
        services.withdraw(entry=entry, by=deniz, now=NOW())
    with pytest.raises(MoveRefused):
        services.pass_on(entry=entry, by=deniz, now=NOW())


def test_a_stay_waits_for_its_nights(bora, ayse, deniz, day):
    hotel = make.clinic(bora, "Patipark", "hotel", week=range(7))
    stay = make.offering(hotel, make.resource(hotel, kind="kennel"), kind="stay", deposit_percent=0)
    booking = make.held(stay, ayse, make.at(day, 14), nights=3)
    booking_services.take_free(booking=booking, by=ayse, now=NOW())
    entry = waiting.wait(stay, deniz, day, days=2, nights=1, parts=["sabah"])
    assert (entry.nights, entry.parts) == (1, [])
    with pytest.raises(errors.TimeIsFree):
        waiting.wait(stay, deniz, day + timedelta(days=3), nights=2)
    with pytest.raises(errors.WrongDays):
        waiting.wait(stay, deniz, day + timedelta(days=3), nights=31)
