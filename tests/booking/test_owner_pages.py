"""Her own bookings: see, pay, move, cancel; nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking import services
from booking.models import Booking
from booking.states import Status
from tests.factories import booking as make
from tests.factories import pets

pytestmark = pytest.mark.django_db


def url(name, booking) -> str:
    return reverse(f"my_booking{name}", args=[booking.public_id])


def test_list_and_page_in_every_state(client, paid, visit, ayse):
    client.force_login(ayse)
    pet = pets.pet(ayse, "Duman")
    held = make.held(visit, ayse, make.at(make.monday(2), 10), animals=[pet])
    for status in Status:
        ended = {"ended_at": timezone.now(), "ended_by": "customer"}
        facts = {"until": timezone.now() + timedelta(minutes=5), "hold_number": 1}
        Booking.objects.filter(pk=held.pk).update(status=status, **ended, **facts)
        assert client.get(held.url()).status_code == 200
        assert client.get(reverse("my_bookings"), {"donem": "gecmis"}).status_code == 200
    assert paid.title in client.get(reverse("my_bookings")).content.decode()


def test_cancelling_for_the_amount_that_was_shown(client, paid, ayse):
    client.force_login(ayse)
    page = client.get(paid.url()).content.decode()
    assert 'name="agreed" value="500.00"' in page
    for wrong in ("", "abc", "250.00"):
        client.post(url("_cancel", paid), {"agreed": wrong})
        paid.refresh_from_db()
        assert paid.status == Status.CONFIRMED
    client.post(url("_cancel", paid), {"agreed": "500.00"})
    paid.refresh_from_db()
    assert (paid.status, paid.refunded) == (Status.CANCELLED, 500)


def test_moving(client, paid, visit, ayse, bora):
    client.force_login(ayse)
    assert client.get(url("_move", paid)).content.decode().count('class="slot"') > 20
    taken = paid.starts_at + timedelta(hours=2)
    make.held(visit, bora, taken)
    client.post(url("_move", paid), {"saat": taken.isoformat()})
    paid.refresh_from_db()
    assert paid.starts_at != taken
    free = paid.starts_at + timedelta(hours=3)
    client.post(url("_move", paid), {"saat": free.isoformat()})
    paid.refresh_from_db()
    assert paid.starts_at == free


def test_paying_what_is_kept(client, visit, ayse):
    booking = make.held(visit, ayse, make.at(make.monday(), 9))
    client.force_login(ayse)
    first = client.post(url("_pay", booking))
    assert first.url == client.post(url("_pay", booking)).url
    assert client.get(first.url).status_code == 200
    services.end_due(now=booking.until)
    assert client.post(url("_pay", booking)).url == booking.url()


@pytest.mark.parametrize("name", ["", "_pay", "_cancel", "_move"])
def test_a_strangers_booking_is_not_there(client, paid, bora, name):
    client.force_login(bora)
    answer = client.post(url(name, paid)) if name else client.get(url(name, paid))
    assert answer.status_code == 404


def test_the_list_costs_the_same_for_many(client, paid, visit, ayse):
    client.force_login(ayse)
    _cost(client)
    few = _cost(client)
    for number in range(1, 4):
        booking = make.held(visit, ayse, paid.starts_at + timedelta(hours=number))
        make.pay(booking)
    assert _cost(client) == few


def _cost(client) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("my_bookings"))
    return len(seen)
