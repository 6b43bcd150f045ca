"""A time is kept, paid, lost, taken late; the database knows better than any code."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from booking import errors, services
from booking.models import Booking, Claim
from booking.states import Status
from core.models import Line
from tests.core.rivals import behind
from tests.factories import booking as make
from tests.factories import pets

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def nine():
    return make.at(make.monday(), 9)


def test_a_time_is_kept_for_ten_minutes(visit, ayse, nine):
    now = NOW()
    booking = make.held(visit, ayse, nine, now=now)
    assert booking.status == Status.HELD
    assert booking.until == now + timedelta(minutes=10)
    assert (booking.price, booking.due, booking.ends_at) == (500, 500, nine + timedelta(minutes=30))
    assert Line.objects.filter(name="booking.held").count() == 1


def test_pressed_twice_kept_once(visit, ayse, nine):
    pet = pets.pet(ayse)
    first = make.held(visit, ayse, nine, animals=[pet], key="one")
    assert make.held(visit, ayse, nine, animals=[pet], key="one") == first


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_the_same_moment_it_is_hers(visit, ayse, nine):
    pet = pets.pet(ayse)
    one = partial(make.held, visit, ayse, nine, animals=[pet], key="one")
    assert behind(one, one) == Booking.objects.get()


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_the_same_moment_keep_two_times(visit, ayse, nine):
    other = make.offering(visit.business, make.resource(visit.business, "Elif"))
    pet = pets.pet(ayse)
    behind(
        lambda: make.held(visit, ayse, nine, animals=[pet]),
        lambda: make.held(other, ayse, nine, animals=[pet]),
    )
    assert sorted(Booking.objects.values_list("hold_number", flat=True)) == [1, 2]


def test_who_comes_second_is_told(visit, ayse, bora, nine):
    make.held(visit, ayse, nine)
    with pytest.raises(errors.SlotTaken):
        make.held(visit, bora, nine)
    assert Booking.objects.count() == 1


def test_the_database_refuses_a_second_claim(visit, ayse, bora, nine):
    """The lock and the look can be forgotten; the constraint cannot."""
    first = make.held(visit, ayse, nine)
    claim = first.claims.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(booking=first, resource=claim.resource, lane=0, during=claim.during)
    Claim.objects.create(booking=first, resource=claim.resource, lane=1, during=claim.during)
    claim.blocking = False
    claim.save()
    Claim.objects.create(booking=first, resource=claim.resource, lane=0, during=claim.during)


def test_three_times_at_once_are_enough(visit, ayse, nine):
    for number in range(3):
        make.held(visit, ayse, nine + timedelta(hours=number))
    with pytest.raises(errors.TooManyHolds):
        make.held(visit, ayse, nine + timedelta(hours=5))
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(hold_number=3).update(hold_number=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(hold_number=3).update(hold_number=1)


@pytest.mark.parametrize(
    ("minutes", "why"),
    [(7, "not on the grid"), (-60, "before opening"), (10 * 60, "after closing"), (-7 * 24 * 60 * 9, "gone")],
)
def test_only_times_that_are_offered(visit, ayse, nine, minutes, why):
    with pytest.raises(errors.NotOffered):
        make.held(visit, ayse, nine + timedelta(minutes=minutes))


def test_closed_offerings_suspended_businesses_and_ended_permits(visit, ayse, nine):
    business = visit.business
    visit.is_open = False
    with pytest.raises(errors.Closed):
        make.held(visit, ayse, nine)
    visit.is_open = True
    type(business).objects.update(status="suspended")
    with pytest.raises(errors.Closed):
        make.held(visit, ayse, nine)
    type(business).objects.update(status="verified")
    business.licences.update(valid_until=timezone.localdate())
    with pytest.raises(errors.Closed):
        make.held(visit, ayse, nine)


def test_the_permit_names_the_animals(bora, ayse):
    hotel = make.clinic(bora, "Patipark", "hotel", week=range(7))
    stay = make.offering(hotel, make.resource(hotel, kind="kennel"), kind="stay")
    day = make.monday()
    with pytest.raises(errors.NoPermit):
        make.held(stay, ayse, make.at(day, 14), animals=[pets.pet(ayse, species="rabbit")])
    make.held(stay, ayse, make.at(day, 14), animals=[pets.pet(ayse, "Duman")])
    hotel.licences.update(address="Başka bir yer")
    with pytest.raises(errors.NoPermit):
        make.held(stay, ayse, make.at(day + timedelta(days=3), 14), animals=[pets.pet(ayse, "Boncuk")])


def test_not_for_these_animals(visit, ayse, nine):
    visit.species = ["dog"]
    with pytest.raises(errors.WrongPets):
        make.held(visit, ayse, nine)
    with pytest.raises(errors.WrongPets):
        make.held(visit, ayse, nine, animals=[pets.pet(ayse, "A", "dog"), pets.pet(ayse, "B", "dog")])


# --- Paying ---------------------------------------------------------------------------------------


def test_money_makes_it_hers(visit, ayse, nine):
    booking = make.held(visit, ayse, nine)
    make.pay(booking)
    assert (booking.status, booking.paid, booking.until) == (Status.CONFIRMED, 500, None)
    assert services.end_due(now=NOW() + timedelta(hours=1)) == 0


def test_a_deposit_is_a_part_of_the_price(visit, ayse, nine):
    visit.deposit_percent = 30
    booking = make.held(visit, ayse, nine)
    make.pay(booking)
    assert (booking.price, booking.due, booking.paid) == (500, 150, 150)


def test_nothing_to_pay_now(visit, ayse, nine):
    visit.deposit_percent = 0
    booking = make.held(visit, ayse, nine)
    services.take_free(booking=booking, by=ayse, now=NOW())
    assert booking.status == Status.CONFIRMED
    paid = make.held(make.offering(visit.business, make.resource(visit.business)), ayse, nine)
    with pytest.raises(errors.HoldOver):
        services.take_free(booking=paid, by=ayse, now=NOW())


def test_a_request_waits_for_its_provider(visit, ayse, bora, nine):
    visit.on_request = True
    booking = make.held(visit, ayse, nine)
    make.pay(booking)
    assert booking.status == Status.REQUESTED
    services.accept(booking=booking, by=bora, now=NOW())
    assert booking.status == Status.CONFIRMED


def test_an_unanswered_request_ends_and_the_money_goes_back(visit, ayse, nine):
    visit.on_request = True
    booking = make.held(visit, ayse, nine)
    make.pay(booking)
    assert services.end_due(now=booking.until + timedelta(seconds=1)) == 1
    booking.refresh_from_db()
    assert (booking.status, booking.refunded) == (Status.DECLINED, 500)
    assert not booking.claims.filter(blocking=True).exists()


def test_nobody_paid_and_it_is_free_again(visit, ayse, bora, nine):
    booking = make.held(visit, ayse, nine)
    assert services.end_due(now=booking.until) == 1
    booking.refresh_from_db()
    assert booking.status == Status.EXPIRED
    make.held(visit, bora, nine)


def late(booking):
    """The bank said yes while the page of the bank was open; the hold ended meanwhile."""
    services.end_due(now=booking.until)
    booking.refresh_from_db()
    return booking


def test_late_money_takes_the_time_anew_while_it_is_free(visit, ayse, nine):
    booking = late(make.held(visit, ayse, nine))
    with transaction.atomic():
        booking.lock()
        assert services.take_money(booking=booking, amount=Decimal(500), now=NOW())
    assert booking.status == Status.CONFIRMED
    assert booking.claims.filter(blocking=True).count() == 1


def test_late_money_goes_back_when_somebody_else_has_it(visit, ayse, bora, nine):
    booking = late(make.held(visit, ayse, nine))
    make.held(visit, bora, nine)
    with transaction.atomic():
        booking.lock()
        assert not services.take_money(booking=booking, amount=Decimal(500), now=NOW())
    booking.refresh_from_db()
    assert booking.status == Status.EXPIRED
    assert Line.objects.filter(name="booking.late_money").exists()


def test_a_hold_costs_few_statements(visit, ayse, nine, django_assert_max_num_queries):
    pet = pets.pet(ayse)
    visit.location.business  # noqa: B018  (read by the page)
    with django_assert_max_num_queries(15):
        make.held(visit, ayse, nine, animals=[pet])


# --- Lanes ----------------------------------------------------------------------------------------


def test_a_stay_is_never_refused_while_every_night_has_room(bora, ayse):
    hotel = make.clinic(bora, "Patipark", "hotel", week=range(7))
    rooms = make.resource(hotel, kind="kennel", capacity=2)
    stay, day = make.offering(hotel, rooms, kind="stay"), make.monday()
    now = NOW()

    def book(offset, nights):
        made = make.held(stay, ayse, make.at(day + timedelta(days=offset), 14), nights=nights)
        Booking.objects.filter(pk=made.pk).update(
            status=Status.CONFIRMED, hold_number=None, until=None, confirmed_at=now
        )
        return made

    first, second = book(0, 3), book(2, 2)
    third = book(3, 1)  # in the lane of the first
    Claim.objects.filter(booking=first).update(lane=0)
    assert {first.claims.get().lane, second.claims.get().lane} == {0, 1}
    long = book(4, 5)
    wide = book(4, 1)
    assert {one.claims.get().lane for one in (long, wide)} == {0, 1}
    assert third.claims.get().blocking


def test_a_business_of_someone_else_is_not_in_the_way(visit, ayse, cem, nine):
    make.held(visit, ayse, nine)
    other = make.clinic(cem, "Çınar Veteriner")
    make.held(make.offering(other, make.resource(other)), ayse, nine)
