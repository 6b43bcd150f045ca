"""Calendar entries, read back by a parser of their own; feeds say nothing about others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from booking import services
from booking.models import CalendarLink
from booking.states import By

pytestmark = pytest.mark.django_db


def entries(answer) -> list:
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_file_of_one(client, paid, ayse, bora):
    client.force_login(ayse)
    answer = client.get(reverse("my_booking_file", args=[paid.public_id]))
    (entry,) = entries(answer)
    assert answer["Content-Type"].startswith("text/calendar")
    assert entry.decoded("dtstart") == paid.starts_at
    assert entry.decoded("dtend") == paid.ends_at
    assert (entry["summary"], entry["sequence"]) == ("Genel muayene: Pamuk", 0)
    client.force_login(bora)
    assert client.get(reverse("my_booking_file", args=[paid.public_id])).status_code == 404


def test_a_feed_follows_what_happens(client, paid, ayse):
    link = CalendarLink.objects.create(user=ayse)
    url = link.get_absolute_url()
    uid = entries(client.get(url))[0]["uid"]
    services.move(
        booking=paid,
        starts_at=paid.starts_at + timedelta(hours=1),
        role=By.CUSTOMER,
        by=ayse,
        now=timezone.now(),
    )
    (moved,) = entries(client.get(url))
    assert (moved["uid"], moved["sequence"], moved.decoded("dtstart")) == (uid, 1, paid.starts_at)
    services.cancel(booking=paid, role=By.CUSTOMER, by=ayse, now=timezone.now())
    (gone,) = entries(client.get(url))
    assert (gone["uid"], gone["sequence"], gone["status"]) == (uid, 2, "CANCELLED")


def test_the_feed_of_a_resource_names_nobody(client, paid, ayse):
    link = CalendarLink.objects.create(resource=paid.claims.get().resource)
    body = client.get(link.get_absolute_url()).content.decode()
    assert len(entries(client.get(link.get_absolute_url()))) == 1
    for secret in ("Pamuk", ayse.first_name, ayse.last_name, ayse.email, paid.number):
        assert secret not in body


def test_somebody_elses_bookings_are_not_in_it(client, paid, bora):
    link = CalendarLink.objects.create(user=bora)
    assert entries(client.get(link.get_absolute_url())) == []


def test_a_new_address_ends_the_old_one(client, paid, ayse):
    client.force_login(ayse)
    client.post(reverse("my_calendar"))
    old = CalendarLink.objects.get(user=ayse).get_absolute_url()
    assert old in client.get(reverse("my_bookings")).content.decode()
    client.post(reverse("my_calendar"))
    assert client.get(old).status_code == 404
    assert client.get("/randevu/takvim/x.ics").status_code == 404
