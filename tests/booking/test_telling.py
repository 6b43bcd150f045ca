"""Who is told of what, once; reminders two days and three hours before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from booking import notices, services
from booking.models import Booking
from booking.states import By
from core import journal
from notifications.models import Notice
from tests.factories import booking as make

pytestmark = pytest.mark.django_db


def told(user) -> list[str]:
    journal.sweep(now=timezone.now() + timedelta(hours=1))
    rows = Notice.objects.filter(recipient=user, kind__startswith="booking.").order_by("pk")
    found = list(rows.values_list("kind", flat=True))
    rows.delete()
    return found


def test_a_new_booking(paid, ayse, bora):
    assert told(ayse) == [notices.CONFIRMED]
    assert told(bora) == [notices.NEW]


def test_a_request_and_its_answer(visit, ayse, bora):
    visit.on_request = True
    booking = make.held(visit, ayse, make.at(make.monday(2), 9))
    make.pay(booking)
    assert (told(ayse), told(bora)) == ([], [notices.REQUESTED])
    services.accept(booking=booking, by=bora, now=timezone.now())
    assert (told(ayse), told(bora)) == ([notices.CONFIRMED], [])


def test_moved_and_cancelled_the_other_side_is_told(paid, ayse, bora):
    told(ayse), told(bora)
    new = paid.starts_at + timedelta(hours=2)
    services.move(booking=paid, starts_at=new, role=By.PROVIDER, by=bora, now=timezone.now())
    assert (told(ayse), told(bora)) == ([notices.MOVED], [])
    services.cancel(booking=paid, role=By.CUSTOMER, by=ayse, now=timezone.now())
    assert (told(ayse), told(bora)) == ([notices.CANCELLED_BY_ME], [notices.LEFT])


def test_a_time_that_was_only_held_is_nobodys_news(visit, ayse, bora):
    booking = make.held(visit, ayse, make.at(make.monday(2), 9))
    services.cancel(booking=booking, role=By.CUSTOMER, by=ayse, now=timezone.now())
    assert (told(ayse), told(bora)) == ([], [])


def test_reminded_twice_and_never_twice_of_the_same(paid, ayse):
    told(ayse)
    starts = paid.starts_at
    assert services.remind_due(now=starts - timedelta(hours=49)) == 0
    assert services.remind_due(now=starts - timedelta(hours=47)) == 1
    assert services.remind_due(now=starts - timedelta(hours=46)) == 0
    assert told(ayse) == [notices.REMINDER]
    assert services.remind_due(now=starts - timedelta(hours=2)) == 1
    assert told(ayse) == [notices.REMINDER]
    assert services.remind_due(now=starts + timedelta(minutes=1)) == 0


def test_who_booked_just_now_is_not_reminded(paid):
    Booking.objects.filter(pk=paid.pk).update(made_at=paid.starts_at - timedelta(hours=4))
    assert services.remind_due(now=paid.starts_at - timedelta(hours=4)) == 0
    assert services.remind_due(now=paid.starts_at - timedelta(hours=2)) == 1


def test_moved_reminders_begin_anew(paid, ayse, bora):
    services.remind_due(now=paid.starts_at - timedelta(hours=2))
    new = paid.starts_at + timedelta(days=3)
    services.move(
        booking=paid, starts_at=new, role=By.PROVIDER, by=bora, now=paid.starts_at - timedelta(hours=2)
    )
    assert services.remind_due(now=new - timedelta(hours=40)) == 1
