"""One mail a day with what happened up to its hour, whatever the clock and however often it runs."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction

from core import journal
from core.models import Mail
from notifications import quiet, services
from notifications.categories import Category, Channel, Mode
from notifications.models import Delivery, Digest, Habits, Preference
from tests.core import rivals
from tests.notifications.conftest import ISTANBUL, NOON

pytestmark = pytest.mark.django_db


def at(day: int, hour: int, minute: int = 0, month: int = 5) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ISTANBUL)


@pytest.fixture(autouse=True)
def wishes_digest(request, ayse):
    Preference.objects.create(user=ayse, category=Category.ORDERS, channel=Channel.EMAIL, mode=Mode.DIGEST)


def run(now: datetime) -> int:
    sent = services.send_digests(now=now)
    journal.sweep()
    return sent


def test_one_mail_with_the_things_of_the_day(tell):
    for number in range(3):
        tell(key=str(number), number=number)
    assert run(at(20, 17, 59)) == 0
    assert run(at(20, 18, 0)) == 1
    assert run(at(20, 18, 0)) == run(at(20, 18, 30)) == 0

    [sent] = outbox.outbox
    assert sent.subject == "Panelinde 3 bildirim"
    assert [f"Sipariş {number}" in sent.body for number in range(3)] == [True] * 3
    assert set(Delivery.objects.filter(channel=Channel.EMAIL).values_list("status", flat=True)) == {"sent"}


def test_nothing_to_tell_is_no_mail(ayse):
    assert run(at(20, 18)) == 0
    assert not Mail.objects.exists()


def test_only_retracted_things_are_no_mail(tell, ayse):
    tell()
    ayse.notices.update(retracted_at=NOON, reason={"tr": "x"})
    assert run(at(20, 18)) == 0
    assert not Mail.objects.exists()


def test_what_comes_after_the_hour_waits_for_tomorrow(tell):
    tell(key="before", now=at(20, 17))
    run(at(20, 18))
    tell(key="after", now=at(20, 18, 30))
    assert run(at(20, 21)) == 0
    assert run(at(21, 18)) == 1
    assert len(outbox.outbox) == 2


@pytest.mark.parametrize("month", [1, 2, 5, 12])
def test_once_at_the_end_of_each_month(tell, ayse, month):
    Habits.objects.create(user=ayse, digest_hour=0)
    last = {1: 31, 2: 28, 5: 31, 12: 31}[month]
    tell(now=at(last, 23, 59, month))
    midnight = at(last, 23, 0, month) + timedelta(hours=1)
    assert run(at(last, 23, 59, month)) == 0
    assert [run(midnight + timedelta(minutes=minutes)) for minutes in (0, 5, 10)] == [1, 0, 0]
    assert Digest.objects.get().day == midnight.date()


def test_a_worker_that_was_away_catches_up_and_then_waits(tell):
    tell()
    assert run(at(20, 23)) == 0
    assert run(at(21, 18)) == 1
    tell(key="2", now=at(21, 20))
    assert run(at(22, 21, 30)) == 1


def test_her_own_hour(tell, ayse):
    Habits.objects.create(user=ayse, digest_hour=9)
    tell(now=at(20, 8))
    assert run(at(20, 9, 1)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_send_one(tell):
    tell()
    sent = rivals.at_once(lambda _: services.send_digests(now=at(20, 18)), 6)
    assert sum(sent) == 1
    assert Mail.objects.count() == 1


def test_the_database_allows_one_a_day(ayse):
    Digest.objects.create(recipient=ayse, day=NOON.date())
    with pytest.raises(IntegrityError, match="person_gets_one_digest_a_day"), transaction.atomic():
        Digest.objects.create(recipient=ayse, day=NOON.date())


@pytest.mark.parametrize(
    ("clock", "begins", "ends", "expected"),
    [
        ((22, 0), time(22), time(8), (21, 8)),
        ((21, 59), time(22), time(8), (20, 21, 59)),
        ((0, 0), time(22), time(8), (20, 8)),
        ((7, 59), time(22), time(8), (20, 8)),
        ((8, 0), time(22), time(8), (20, 8)),
        ((13, 0), time(12), time(14, 30), (20, 14, 30)),
        ((13, 0), time(9), time(9), (20, 13)),
    ],
)
def test_quiet_hours(clock, begins, ends, expected):
    assert quiet.earliest(at(20, *clock), begins, ends) == at(*expected)


def test_digest_hour_is_on_the_clock(ayse):
    with pytest.raises(IntegrityError, match="digest_hour_is_on_the_clock"), transaction.atomic():
        Habits.objects.create(user=ayse, digest_hour=24)
