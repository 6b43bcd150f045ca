"""Another day of leaving: nights freed and taken, money given back, one of two who ask."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking import errors, services
from booking.errors import AmountChanged, SlotTaken
from booking.models import Booking
from booking.states import By
from booking.stays import leaving_days, rooms
from booking.stays import services as stays
from booking.stays.errors import AnotherRoom, AsksFirst, Decided, NotNow, TooMuchBack, WrongDay
from booking.stays.models import LeavingChange, LeavingWish
from core.models import Line
from tests.factories import booking as make
from tests.factories import pets

pytestmark = pytest.mark.django_db
NIGHT = Decimal(850)


@pytest.fixture
def first():
    return make.monday()


def day(first, number):
    return first + timedelta(days=number)


def arrived(booking, now=None):
    moment = now or booking.starts_at
    Booking.objects.filter(pk=booking.pk).update(status="in_service", arrived_at=moment, taken_in_at=moment)
    booking.refresh_from_db()
    return booking


def fix(booking):
    """As if nothing had been due."""
    Booking.objects.filter(pk=booking.pk).update(
        status="confirmed", hold_number=None, until=None, confirmed_at=timezone.now()
    )
    booking.refresh_from_db()
    return booking


def other(stay, who, first, start, nights):
    pet = pets.pet(who, f"Konuk {start} {nights} {Booking.objects.count()}")
    return fix(make.held(stay, who, make.at(day(first, start), 14), animals=[pet], nights=nights))


def shorten(booking, on, role=By.CUSTOMER, back=Decimal(0), now=None):
    now = now or booking.starts_at + timedelta(hours=1)
    return stays.shorten(booking=booking, day=on, role=role, by=booking.customer, now=now, back=back)


def extend(booking, on, agreed, role=By.CUSTOMER, now=None, **more):
    now = now or booking.starts_at - timedelta(hours=1)
    return stays.extend(
        booking=booking, day=on, role=role, by=booking.customer, now=now, agreed=agreed, **more
    )


# --- Earlier --------------------------------------------------------------------------------


def test_unused_nights_are_free_for_others_at_once(booked, stay, bora, first):
    other(stay, bora, first, 1, 2)
    with pytest.raises(SlotTaken):
        make.held(stay, bora, make.at(day(first, 1), 14), animals=[pets.pet(bora, "Boncuk")], nights=2)
    change = shorten(arrived(booked), day(first, 1))
    assert (change.nights, change.amount, change.given_back, change.is_decided) == (-2, 2 * NIGHT, 0, False)
    assert booked.ends_at == make.at(day(first, 1), 12)
    assert booked.sequence == 1
    make.held(stay, bora, make.at(day(first, 1), 14), animals=[pets.pet(bora, "Boncuk")], nights=2)


def test_the_policy_says_what_goes_back_for_sure(booked, first):
    """Long before the arrival cancelling costs nothing, so unused nights cost nothing either."""
    with pytest.raises(AmountChanged):
        shorten(booked, day(first, 2), now=timezone.now() - timedelta(days=9))
    change = shorten(booked, day(first, 2), back=NIGHT, now=booked.starts_at - timedelta(days=3))
    booked.refresh_from_db()
    assert (change.given_back, change.is_decided, booked.refunded) == (NIGHT, True, NIGHT)


def test_the_business_gives_more_once(booked, bora, first):
    change = shorten(arrived(booked), day(first, 1))
    facts = {"change": change, "by": bora, "now": timezone.now()}
    for wrong in (2 * NIGHT + 1, Decimal(-1)):
        with pytest.raises(TooMuchBack):
            stays.decide_back(amount=wrong, **facts)
    stays.decide_back(amount=Decimal(500), **facts)
    booked.refresh_from_db()
    assert (booked.refunded, booked.paid) == (500, 3 * NIGHT)
    with pytest.raises(Decided):
        stays.decide_back(amount=Decimal(600), **facts)
    assert Line.objects.filter(name="stays.gave_back").count() == 1


def test_what_is_still_to_be_paid_is_taken_off_first(stay, ayse, duman, first):
    type(stay).objects.update(deposit_percent=50)
    stay.refresh_from_db()
    booking = make.held(stay, ayse, make.at(first, 14), animals=[duman], nights=2)
    make.pay(booking)
    shorten(arrived(booking), day(first, 1), role=By.PROVIDER, back=NIGHT)
    booking.refresh_from_db()
    assert (booking.price, booking.due, booking.refunded) == (NIGHT, NIGHT, 0)


@pytest.mark.parametrize("number", [-1, 0, 3, 5])
def test_not_before_the_arrival_and_not_the_day_it_is(booked, first, number):
    with pytest.raises(WrongDay):
        shorten(booked, day(first, number))


def test_not_in_the_past(booked, first):
    late = make.at(day(first, 1), 15)
    with pytest.raises(WrongDay):
        shorten(arrived(booked), day(first, 1), now=late)
    shorten(booked, day(first, 1), role=By.PROVIDER, now=late)


def test_not_when_it_is_over(booked, bora, first):
    services.cancel(booking=booked, role=By.PROVIDER, by=bora, now=timezone.now())
    with pytest.raises(NotNow):
        shorten(booked, day(first, 1))
    with pytest.raises(NotNow):
        extend(booked, day(first, 4), NIGHT)


def test_the_database_knows_the_bounds(booked, first):
    change = shorten(arrived(booked), day(first, 1))
    rows = LeavingChange.objects.filter(pk=change.pk)
    for wrong in ({"given_back": 2 * NIGHT + 1}, {"nights": 2}, {"nights": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


# --- Later ----------------------------------------------------------------------------------


def test_later_takes_the_room_and_is_paid_at_the_place(booked, first):
    with pytest.raises(AmountChanged):
        extend(booked, day(first, 5), NIGHT)
    change = extend(booked, day(first, 5), 2 * NIGHT)
    booked.refresh_from_db()
    assert (change.nights, booked.nights, booked.price, booked.due) == (2, 5, 5 * NIGHT, 3 * NIGHT)
    assert booked.claims.get().during.upper == make.at(day(first, 5), 12)


def test_no_room_no_night(booked, stay, bora, first):
    for _one in range(2):
        other(stay, bora, first, 3, 2)
    with pytest.raises(SlotTaken):
        extend(booked, day(first, 4), NIGHT)
    booked.refresh_from_db()
    assert (booked.nights, booked.price) == (3, 3 * NIGHT)


def test_others_change_lanes_when_only_the_moments_have_room(booked, stay, bora, first):
    """In its own lane somebody comes after it, in the other one somebody leaves: one of them gives way."""
    lane = booked.claims.get().lane
    after, late = other(stay, bora, first, 3, 2), other(stay, bora, first, 6, 1)
    type(after.claims.get()).objects.filter(booking__in=[after, late]).update(lane=lane)
    arrived(booked)
    extend(booked, day(first, 5), 2 * NIGHT, now=make.at(day(first, 1), 9))
    assert booked.claims.get().lane == lane
    assert after.claims.get().lane != lane


def test_without_changing_lanes_the_database_refuses(booked, stay, bora, first, monkeypatch):
    """The guard switched off."""
    lane = booked.claims.get().lane
    after = other(stay, bora, first, 3, 2)
    after.claims.update(lane=lane)
    monkeypatch.setattr("booking.services.claiming._change_lanes", lambda moved: None)
    with pytest.raises(SlotTaken), transaction.atomic():
        extend(arrived(booked), day(first, 5), 2 * NIGHT, now=make.at(day(first, 1), 9))


@pytest.fixture
def rooms_apart(hotel, stay):
    """Two rooms of one kennel each."""
    small = [make.resource(hotel, name, kind="kennel", capacity=1) for name in ("Oda 1", "Oda 2")]
    stay.needs.get().resources.set(small)
    return small


def test_another_room_is_asked_first(rooms_apart, stay, ayse, bora, duman, first):
    booking = fix(make.held(stay, ayse, make.at(first, 14), animals=[duman], nights=3))
    own = booking.claims.get().resource
    theirs = other(stay, bora, first, 3, 2)
    theirs.claims.update(resource=own)
    with pytest.raises(AnotherRoom):
        extend(booking, day(first, 4), NIGHT)
    extend(booking, day(first, 4), NIGHT, may_change_room=True)
    claim = booking.claims.get()
    assert claim.resource != own  # before arrival all of it moves
    assert (claim.during.lower, claim.during.upper) == (make.at(first, 14), make.at(day(first, 4), 12))


def test_under_way_only_the_new_nights_are_elsewhere(rooms_apart, stay, ayse, bora, duman, first):
    booking = fix(make.held(stay, ayse, make.at(first, 14), animals=[duman], nights=3))
    own = booking.claims.get().resource
    theirs = other(stay, bora, first, 3, 2)
    theirs.claims.update(resource=own)
    extend(arrived(booking), day(first, 4), NIGHT, may_change_room=True, now=make.at(day(first, 1), 9))
    assert [one.resource == own for one in booking.claims.order_by("during")] == [True, False]
    assert leaving_days.current(booking) == [one.pk for one in rooms_apart if one != own]
    shorten(booking, day(first, 2), now=make.at(day(first, 1), 10))
    assert booking.claims.filter(blocking=True).get().resource == own


def test_a_customer_keeps_to_what_is_offered(booked, stay, hotel, first):
    place = hotel.locations.get(is_main=True)
    place.weekly_hours.filter(weekday=4).delete()
    with pytest.raises(errors.NotOffered):
        extend(booked, day(first, 4), NIGHT)
    type(stay).objects.update(most_nights=4)
    booked.refresh_from_db()
    with pytest.raises(errors.NotOffered):
        extend(booked, day(first, 5), 2 * NIGHT)
    extend(booked, day(first, 5), 2 * NIGHT, role=By.PROVIDER)


def test_the_permit_has_to_hold_in_the_new_nights(booked, hotel, first):
    hotel.licences.update(valid_until=day(first, 3))
    with pytest.raises(errors.PermitEnds):
        extend(booked, day(first, 5), 2 * NIGHT)
    days = leaving_days.possible(booked, role=By.CUSTOMER, now=timezone.now())
    assert [one.on for one in days if not one.is_earlier] == [day(first, 4)]
    extend(booked, day(first, 4), NIGHT)


def test_who_answers_itself_is_asked(booked, stay, bora, first):
    type(stay).objects.update(on_request=True)
    booked.refresh_from_db()
    now = booked.starts_at
    with pytest.raises(AsksFirst):
        extend(booked, day(first, 4), NIGHT)
    stays.wish(booking=booked, day=day(first, 4), by=booked.customer, now=now, agreed=NIGHT)
    assert booked.claims.get().during.upper == make.at(day(first, 3), 12)
    stays.decline_wish(booking=booked, by=bora, now=now)
    with pytest.raises(Decided):
        stays.decline_wish(booking=booked, by=bora, now=now)
    stays.wish(booking=booked, day=day(first, 4), by=booked.customer, now=now, agreed=NIGHT)
    extend(booked, day(first, 4), NIGHT, role=By.PROVIDER)
    assert not LeavingWish.objects.exists()


# --- The days that are shown ----------------------------------------------------------------


def test_days_are_those_that_can_be_had(booked, stay, bora, first):
    other(stay, bora, first, 5, 1)
    other(stay, bora, first, 5, 1)
    days = leaving_days.possible(booked, role=By.CUSTOMER, now=timezone.now())
    assert [one.nights for one in days] == [-2, -1, 1, 2]
    assert [one.amount for one in days] == [2 * NIGHT, NIGHT, NIGHT, 2 * NIGHT]
    for one in [found for found in days if not found.is_earlier][-1:]:
        extend(booked, one.on, one.amount)


def test_days_cost_the_same_however_many_stays_there_are(booked, stay, bora, first):
    def cost():
        fresh = Booking.objects.select_related("offering__location__business").get(pk=booked.pk)
        with CaptureQueriesContext(connection) as seen:
            leaving_days.possible(fresh, role=By.CUSTOMER, now=timezone.now())
        return len(seen)

    few = cost()
    for number in range(20):
        other(stay, bora, first, 20 + number, 1)
    assert cost() == few <= 9


def test_without_the_look_at_rooms_a_full_night_would_be_taken(booked, stay, bora, first, monkeypatch):
    """The guard switched off: only the database is left, and it refuses."""
    for _one in range(2):
        other(stay, bora, first, 3, 2)
    found = rooms.claiming.choose
    monkeypatch.setattr(rooms.claiming, "choose", lambda wanted, but=None: (leaving_days.current(but), None))
    with pytest.raises((SlotTaken, IndexError)), transaction.atomic():
        extend(booked, day(first, 4), NIGHT)
    assert found is not rooms.claiming.choose
