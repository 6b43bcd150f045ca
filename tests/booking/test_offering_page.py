"""The page of an offering: what it shows, and the press that keeps a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booking.models import Booking
from booking.states import Status
from tests.factories import booking as make
from tests.factories import pets

pytestmark = pytest.mark.django_db


@pytest.fixture
def nine():
    return make.at(make.monday(), 9)


def address(offering) -> str:
    return reverse("offering", args=[offering.public_id])


def press(client, offering, starts_at, pet, **more):
    given = {"saat": starts_at.isoformat(), "hayvan": str(pet.public_id), "key": "k1"} | more
    return client.post(address(offering), given)


def test_everybody_sees_the_times(client, visit, nine):
    page = client.get(address(visit), {"hafta": str(nine.date())}).content.decode()
    assert page.count('class="slot"') == 6 * 20
    assert "₺500,00" in page


def test_a_time_is_kept_and_paid(client, visit, ayse, nine):
    client.force_login(ayse)
    answer = press(client, visit, nine, pets.pet(ayse))
    booking = Booking.objects.get()
    assert booking.status == Status.HELD
    assert answer.status_code == 302
    assert "/odeme/" in answer.url or "/ode" in answer.url
    assert client.get(answer.url).status_code == 200
    again = press(client, visit, nine, booking.items.get().pet)
    assert again.url == answer.url
    assert Booking.objects.count() == 1


def test_nothing_due_is_fixed_at_once(client, visit, ayse, nine):
    type(visit).objects.update(deposit_percent=0)
    client.force_login(ayse)
    answer = press(client, visit, nine, pets.pet(ayse))
    booking = Booking.objects.get()
    assert booking.status == Status.CONFIRMED
    assert answer.url == booking.url()
    assert client.get(answer.url).status_code == 200


def test_who_is_slower_sees_the_nearest_times(client, visit, ayse, bora, nine):
    make.held(visit, bora, nine)
    client.force_login(ayse)
    answer = press(client, visit, nine, pets.pet(ayse))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "09:30" in page.split("booking__services")[0]
    assert Booking.objects.count() == 1


def test_signing_in_keeps_what_was_chosen(client, visit, nine, ayse):
    pet = pets.pet(ayse)
    answer = press(client, visit, nine, pet)
    assert answer.status_code == 302
    assert "saat" in answer.url
    assert "csrf" not in answer.url
    assert Booking.objects.count() == 0


@pytest.mark.parametrize("wrong", ["", "saat", "2026-13-45T99:00", "2026-12-07T09:00:00"])
def test_a_time_that_is_none(client, visit, ayse, wrong):
    client.force_login(ayse)
    answer = client.post(address(visit), {"saat": wrong, "hayvan": str(pets.pet(ayse).public_id)})
    assert answer.status_code in (409, 422)
    assert client.get(address(visit), {"saat": wrong, "hafta": wrong, "gece": wrong}).status_code == 200


def test_the_animal_of_somebody_else_is_none(client, visit, ayse, bora, nine):
    pets.pet(ayse), pets.pet(ayse, "Duman")
    client.force_login(ayse)
    assert press(client, visit, nine, pets.pet(bora)).status_code == 422
    assert Booking.objects.count() == 0


def test_what_is_not_open_is_not_there(client, visit):
    type(visit).objects.update(is_open=False)
    assert client.get(address(visit)).status_code == 404
    type(visit).objects.update(is_open=True)
    visit.business.module_switches.create(module="appointment", is_on=False)
    assert client.get(address(visit)).status_code == 404


def test_a_booking_of_somebody_else_is_not_found(client, visit, ayse, bora, nine):
    booking = make.held(visit, ayse, nine)
    client.force_login(bora)
    assert client.get(booking.url()).status_code == 404


def test_the_page_costs_the_same_with_many_bookings(client, visit, ayse, bora, nine):
    pets.pet(ayse)
    client.force_login(ayse)
    _cost(client, visit, nine)
    few = _cost(client, visit, nine)
    for number in range(3):
        make.held(visit, bora, nine + timedelta(hours=number))
    assert _cost(client, visit, nine) == few


def _cost(client, offering, day) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(address(offering), {"hafta": str(day.date())})
    return len(seen)
