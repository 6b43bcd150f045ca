"""What a business does: rearranging, walk-ins, waiting, offerings, resources, absences."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from booking import defaults, errors, events, queries, services
from booking.models import Absence, Booking, Offering, Resource
from booking.services import Guest, Wanted
from booking.states import By, Status
from core.models import Line
from core.states import MoveRefused
from tests.core.rivals import behind
from tests.factories import booking as make
from tests.factories import sales, teams

pytestmark = pytest.mark.django_db
NOW = timezone.now
GUEST = Guest("Melek Su", "+905321234567", "Boncuk", "rabbit")


@pytest.fixture
def clinic(bora):
    return make.clinic(bora)


@pytest.fixture
def vets(clinic):
    return [make.resource(clinic, name) for name in ("Dr. Bora", "Dr. Elif")]


@pytest.fixture
def visit(clinic, vets):
    return make.offering(clinic, vets)


@pytest.fixture
def nine():
    return make.at(make.monday(2), 9)


@pytest.fixture
def booked(visit, ayse, nine):
    sales.rate(module="appointment")
    booking = make.held(visit, ayse, nine)
    make.pay(booking)
    return booking


def walk_in(offering, bora, starts_at, **more):
    return services.walk_in(offering=offering, guest=GUEST, starts_at=starts_at, by=bora, now=NOW(), **more)


def stands(booking) -> list[str]:
    return [one.name for one in queries.stands_of(booking)]


# --- Rearranging ----------------------------------------------------------------------------------


def move(booking, starts_at, bora, **more):
    services.rearrange(booking=booking, starts_at=starts_at, by=bora, now=NOW(), **more)


def test_it_moves_in_time_and_stays_with_its_vet(booked, bora, vets, nine):
    move(booked, nine, bora, on=[vets[1]])
    assert stands(booked) == ["Dr. Elif"]
    move(booked, nine + timedelta(minutes=35), bora)
    assert stands(booked) == ["Dr. Elif"]
    assert booked.starts_at == nine + timedelta(minutes=35)
    assert booked.ends_at - booked.starts_at == timedelta(minutes=30)


def test_giving_it_to_somebody_else_is_no_news_for_its_calendar_entry(booked, bora, vets, nine):
    move(booked, nine, bora, on=[vets[1]])
    assert booked.sequence == 0
    assert Line.objects.filter(name=events.REASSIGNED).count() == 1
    move(booked, nine + timedelta(hours=1), bora)
    assert booked.sequence == 1
    assert Line.objects.filter(name=events.MOVED).count() == 1


def test_hours_notice_and_steps_do_not_bind_the_business(booked, bora, nine):
    late = nine + timedelta(hours=12, minutes=5)
    move(booked, late, bora)
    assert booked.starts_at == late


def test_what_is_taken_binds_it(visit, booked, bora, vets, nine):
    other = walk_in(visit, bora, nine + timedelta(hours=1), on=[vets[0]])
    with pytest.raises(errors.SlotTaken):
        move(booked, other.starts_at, bora, on=[vets[0]])
    booked.refresh_from_db()
    assert (booked.starts_at, stands(booked)) == (nine, ["Dr. Bora"])
    move(booked, other.starts_at, bora)
    assert stands(booked) == ["Dr. Elif"]


def test_an_absence_binds_it(booked, bora, vets, nine):
    later = nine + timedelta(hours=2)
    for vet in vets:
        services.add_absence(
            resource=vet, kind="leave", starts_at=later, ends_at=later + timedelta(hours=1), by=bora
        )
    with pytest.raises(errors.SlotTaken):
        move(booked, later, bora)


def test_not_into_the_past_nor_beyond_the_permit(booked, bora, clinic):
    with pytest.raises(errors.NotOffered):
        move(booked, NOW() - timedelta(days=1), bora)
    with pytest.raises(errors.NoPermit):
        move(booked, NOW() + timedelta(days=900), bora)


def test_what_has_begun_is_not_moved(booked, bora, nine):
    services.arrive(booking=booked, by=bora, now=nine)
    with pytest.raises(MoveRefused):
        move(booked, nine + timedelta(hours=1), bora)


def test_a_stay_keeps_its_nights(ayse, person):
    hotel = make.clinic(person("Meral", "Su"), "Otel", "hotel", week=range(7))
    stay = make.offering(hotel, make.resource(hotel, kind="kennel"), kind="stay")
    sales.rate(module="appointment")
    booking = make.held(stay, ayse, make.at(make.monday(2), 14), nights=3)
    make.pay(booking)
    leaves = timezone.localtime(booking.ends_at).time()
    services.rearrange(booking=booking, starts_at=make.at(make.monday(3), 16), by=None, now=NOW())
    assert (booking.nights, timezone.localtime(booking.ends_at).time()) == (3, leaves)


def test_another_time_is_reminded_and_asked_anew(booked, bora, vets, nine):
    said = {"reminded": 1, "coming_at": NOW()}
    Booking.objects.filter(pk=booked.pk).update(**said)
    booked.refresh_from_db()
    move(booked, nine, bora, on=[vets[1]])
    booked.refresh_from_db()
    assert (booked.reminded, booked.coming_at) == tuple(said.values())
    move(booked, nine + timedelta(hours=1), bora)
    booked.refresh_from_db()
    assert (booked.reminded, booked.coming_at) == (0, None)


# --- Walk-ins -------------------------------------------------------------------------------------


def test_a_walk_in_is_fixed_and_pays_at_the_place(visit, bora, nine):
    booking = walk_in(visit, bora, nine + timedelta(minutes=7))
    assert (booking.status, booking.due, booking.price, booking.who) == (Status.CONFIRMED, 0, 500, "Melek Su")
    assert [(one.name, one.pet) for one in booking.items.all()] == [("Boncuk", None)]
    assert booking.claims.filter(blocking=True).count() == 1


def test_a_walk_in_takes_no_taken_time(visit, bora, nine):
    walk_in(visit, bora, nine), walk_in(visit, bora, nine)
    with pytest.raises(errors.SlotTaken):
        walk_in(visit, bora, nine)
    assert Booking.objects.count() == 2


def test_a_walk_in_that_cannot_be(visit, bora, nine, clinic):
    with pytest.raises(errors.NotOffered):
        walk_in(visit, bora, NOW() - timedelta(hours=2))
    Offering.objects.update(species=["dog"])
    visit.refresh_from_db()
    with pytest.raises(errors.WrongPets):
        walk_in(visit, bora, nine)
    Offering.objects.update(species=[])
    clinic.licences.all().delete()
    visit.refresh_from_db()
    with pytest.raises(errors.NoPermit):
        walk_in(visit, bora, nine)
    bare = Offering.objects.create(
        business=visit.business, location=visit.location, kind="grooming", name="Banyo"
    )
    with pytest.raises(errors.Incomplete):
        walk_in(bare, bora, nine)


def test_a_guest_is_moved_and_cancelled_too(visit, bora, nine):
    booking = walk_in(visit, bora, nine)
    move(booking, nine + timedelta(hours=1), bora)
    assert services.cancel(booking=booking, role=By.PROVIDER, by=bora, now=NOW()) == 0


# --- Waiting --------------------------------------------------------------------------------------


def test_she_waits_is_taken_in_and_each_step_is_taken_back(visit, bora, nine):
    booking = walk_in(visit, bora, nine)
    with pytest.raises(MoveRefused):
        services.take_in(booking=booking, by=bora, now=nine)
    services.arrive(booking=booking, by=bora, now=nine)
    services.take_in(booking=booking, by=bora, now=nine + timedelta(minutes=9))
    with pytest.raises(MoveRefused):
        services.take_in(booking=booking, by=bora, now=nine)
    services.reopen(booking=booking, by=bora, now=nine)
    booking.refresh_from_db()
    assert (booking.status, booking.taken_in_at) == (Status.IN_SERVICE, None)
    services.reopen(booking=booking, by=bora, now=nine)
    assert booking.status == Status.CONFIRMED
    assert booking.claims.filter(blocking=True).exists()


# --- Offerings ------------------------------------------------------------------------------------


def facts(clinic, **more):
    place = clinic.locations.get(is_main=True)
    return {"location": place, "kind": "visit", "name": "Aşı", "price": Decimal(400), "minutes": 15} | more


def save(clinic, bora, needs=(), **more):
    return services.save_offering(
        business=clinic, offering=None, facts=facts(clinic, **more), needs=needs, by=bora
    )


def test_an_offering_opens_once_it_rests_on_something(clinic, bora, vets):
    row = save(clinic, bora)
    with pytest.raises(errors.Incomplete):
        services.open_offering(offering=row, by=bora)
    row = services.save_offering(
        business=clinic, offering=row, facts={"name": "Kuduz aşısı"}, needs=[Wanted(vets)], by=bora
    )
    services.open_offering(offering=row, by=bora)
    assert (row.is_open, row.needs.get().resources.count()) == (True, 2)
    with pytest.raises(errors.Incomplete):
        services.save_offering(business=clinic, offering=row, facts={}, needs=[], by=bora)
    services.close_offering(offering=row, by=bora)
    assert not Offering.objects.get(pk=row.pk).is_open


def test_facts_that_do_not_fit(clinic, bora, vets, deniz):
    other = make.clinic(deniz, "Papatya")
    theirs = make.resource(other)
    for needs, more in (
        ((), {"kind": "stay"}),
        ((), {"location": other.locations.get()}),
        ([Wanted([theirs])], {}),
        ([Wanted([vets[0]], count=2)], {}),
        ((), {"policy": [[3, 50], [24, 100]]}),
    ):
        with pytest.raises(errors.WrongFacts):
            save(clinic, bora, needs, **more)
    assert not Offering.objects.filter(business=clinic).exists()


def test_what_was_booked_keeps_its_price(visit, booked, bora, clinic, vets):
    services.save_offering(
        business=clinic, offering=visit, facts={"price": Decimal(900)}, needs=[Wanted(vets)], by=bora
    )
    booked.refresh_from_db()
    assert booked.price == 500


@pytest.mark.parametrize("kind", ["clinic", "groomer", "hotel", "trainer", "carrier"])
def test_each_kind_is_set_up_and_can_be_booked(bora, kind):
    business = make.clinic(bora, kind=kind)
    asked = defaults.services_of(business)
    services.set_up(
        business=business,
        location=business.locations.get(),
        stands=[(one, 2) for one in defaults.stands_of(business)],
        services=[(one, Decimal(100)) for one in asked],
        opens=True,
        by=bora,
    )
    assert Offering.objects.filter(business=business, is_open=True).count() >= 1
    assert Resource.objects.filter(business=business).exists()
    assert not Offering.objects.filter(business=business, is_open=True, needs=None).exists()


# --- Resources ------------------------------------------------------------------------------------


def test_names_in_a_branch_differ(clinic, bora, vets):
    same = {"location": vets[0].location, "kind": "person", "name": "Dr. Bora", "capacity": 1}
    with pytest.raises(errors.NameTaken):
        services.save_resource(business=clinic, resource=None, facts=same, by=bora)


def test_a_branch_or_person_of_others_is_refused(clinic, bora, deniz, cem):
    other = make.clinic(deniz, "Papatya")
    base = {"location": clinic.locations.get(), "kind": "person", "name": "X", "capacity": 1}
    for wrong in ({"location": other.locations.get()}, {"membership": teams.member(other, cem)}):
        with pytest.raises(errors.WrongFacts):
            services.save_resource(business=clinic, resource=None, facts=base | wrong, by=bora)


def test_retired_only_when_nothing_is_booked(visit, booked, bora, vets):
    with pytest.raises(errors.ResourceInUse):
        services.retire_resource(resource=vets[0], by=bora, now=NOW())
    services.cancel(booking=booked, role=By.PROVIDER, by=bora, now=NOW())
    services.retire_resource(resource=vets[0], by=bora, now=NOW())
    assert not Resource.objects.get(pk=vets[0].pk).is_active


def test_no_smaller_than_what_is_booked_on_it(clinic, bora, ayse, nine):
    room = make.resource(clinic, kind="room", capacity=2)
    lesson = make.offering(clinic, room)
    walk_in(lesson, bora, nine), walk_in(lesson, bora, nine)
    with pytest.raises(errors.ResourceInUse):
        services.save_resource(business=clinic, resource=room, facts={"capacity": 1}, by=bora)


def test_own_hours_are_replaced_as_a_whole(vets, bora):
    services.set_shifts(resource=vets[0], week={0: [(540, 720)], 2: [(600, 900)]}, by=bora)
    services.set_shifts(resource=vets[0], week={1: [(540, 720)]}, by=bora)
    assert [one.weekday for one in vets[0].shifts.all()] == [1]


def test_an_absence_lists_what_stands_in_it(visit, booked, bora, vets, nine):
    row = services.add_absence(
        resource=vets[0], kind="leave", starts_at=nine, ends_at=nine + timedelta(days=1), by=bora
    )
    assert list(queries.booked_in(row)) == [booked]
    move(booked, nine + timedelta(minutes=30), bora)
    assert stands(booked) == ["Dr. Elif"]
    assert not queries.booked_in(row).exists()
    services.remove_absence(absence=row, by=bora)
    assert not Absence.objects.exists()


def test_the_database_knows_that_nobody_is_taken_in_before_she_came(visit, bora, nine):
    booking = walk_in(visit, bora, nine)
    with pytest.raises(IntegrityError, match="who_is_taken_in_has_arrived"):
        Booking.objects.filter(pk=booking.pk).update(taken_in_at=nine)


@pytest.mark.django_db(transaction=True)
def test_six_desks_at_once_put_two_guests_on_two_vets(visit, bora, nine):
    """Each in a connection of its own; whoever is slower is told so."""
    start = Barrier(6)

    def press(_number: int) -> str:
        start.wait()
        try:
            walk_in(visit, bora, nine)
        except errors.SlotTaken:
            return "taken"
        finally:
            connection.close()
        return "booked"

    with ThreadPoolExecutor(6) as pool:
        said = sorted(pool.map(press, range(6)))
    assert said == ["booked"] * 2 + ["taken"] * 4
    assert Booking.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_is_booked_into_an_absence_that_is_being_written(visit, vets, bora, nine):
    def away() -> None:
        for vet in vets:
            services.add_absence(
                resource=vet, kind="leave", starts_at=nine, ends_at=nine + timedelta(hours=1), by=bora
            )

    assert isinstance(behind(away, lambda: walk_in(visit, bora, nine)), errors.SlotTaken)


@pytest.mark.django_db(transaction=True)
def test_what_is_being_cancelled_is_not_moved(visit, bora, nine):
    booking = walk_in(visit, bora, nine)
    same = Booking.objects.get(pk=booking.pk)
    lost = behind(
        lambda: services.cancel(booking=booking, role=By.PROVIDER, by=bora, now=NOW()),
        lambda: move(same, nine + timedelta(hours=1), bora),
    )
    assert isinstance(lost, MoveRefused)
