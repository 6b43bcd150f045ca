"""Once for each person, at the price of a few queries, whoever calls first."""

from __future__ import annotations

import time

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.models import Line
from notifications import services
from notifications.categories import Category, Channel, Mode
from notifications.models import Delivery, Habits, Notice, Preference
from tests.core import rivals
from tests.notifications.conftest import NIGHT, NOON, crowd

pytestmark = pytest.mark.django_db


def deliveries() -> list[tuple]:
    return list(Delivery.objects.order_by("pk").values_list("channel", "status"))


def test_told_twice_is_told_once(tell, ayse, bora):
    assert tell() == 1
    assert tell() == 0
    assert tell(to=[ayse, bora]) == 1
    assert tell(key="2") == 1
    assert Notice.objects.count() == 3
    assert Delivery.objects.count() == 6
    assert Line.objects.filter(name="notifications.told").count() == 3


def test_the_database_refuses_a_second_one(tell):
    tell()
    notice = Notice.objects.get()
    notice.pk, notice.public_id = None, "0b9d6a5c-52b4-4a8e-9d8e-1c7f0a3a2b11"
    with pytest.raises(IntegrityError, match="notice_is_told_once"), transaction.atomic():
        notice.save(force_insert=True)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"key": ""}, "notice_is_about_something"),
        ({"retracted_at": NOON}, "retracted_notice_says_why"),
        ({"reason": {"tr": "x"}}, "retracted_notice_says_why"),
    ],
)
def test_the_database_refuses_what_makes_no_sense(tell, change, constraint):
    tell()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Notice.objects.update(**change)


def test_it_belongs_to_the_transaction_of_what_it_tells(tell):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell()
        1 / 0  # noqa: B018
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_tell_once(ayse, bora):
    people = [ayse, bora]

    def call(number: int) -> int:
        order = people if number % 2 else people[::-1]
        return services.notify("test.order", to=order, key="same", now=NOON)

    told = rivals.at_once(call, 40)

    assert sum(told) == 2
    assert Notice.objects.count() == 2
    assert Delivery.objects.count() == 4


def test_many_people_cost_as_many_queries_as_one(tell, ayse):
    people = crowd(300)
    with CaptureQueriesContext(connection) as one:
        tell(to=ayse, key="one")
    with CaptureQueriesContext(connection) as many:
        tell(to=people, key="many")
    assert len(many) == len(one) <= 10


def test_five_thousand_people_in_seconds(tell):
    people = crowd(5000)
    started = time.monotonic()
    assert tell(to=people, key="many") == 5000
    assert time.monotonic() - started < 20
    assert Delivery.objects.count() == 10_000


def test_each_channel_follows_the_wish(tell, ayse):
    Preference.objects.create(user=ayse, category=Category.ORDERS, channel=Channel.EMAIL, mode=Mode.OFF)
    tell()
    assert deliveries() == [("panel", "sent")]


def test_a_panel_that_is_off_shows_nothing_but_the_mail_goes(tell, ayse):
    Preference.objects.create(user=ayse, category=Category.ORDERS, channel=Channel.PANEL, mode=Mode.OFF)
    tell()
    assert deliveries() == [("email", "queued")]
    assert not Notice.objects.of(ayse).exists()


def test_a_lock_is_stronger_than_a_wish(tell, ayse):
    for channel in Channel:
        Preference.objects.create(user=ayse, category=Category.SECURITY, channel=channel, mode=Mode.OFF)
    tell("test.alarm")
    assert sorted(deliveries()) == [("email", "queued"), ("panel", "sent")]


def test_promotion_is_silent_until_asked_for_and_news_are_not_touched_by_it(tell, ayse):
    tell("test.offer")
    assert deliveries() == []
    tell("test.order")
    Preference.objects.create(user=ayse, category=Category.OFFERS, channel=Channel.EMAIL, mode=Mode.NOW)
    tell("test.offer", key="2")
    assert sorted(deliveries()) == [("email", "queued"), ("email", "queued"), ("panel", "sent")]


def test_at_night_a_mail_waits_and_an_alarm_does_not(tell, ayse):
    tell(now=NIGHT)
    tell("test.alarm", now=NIGHT)
    held, alarm = Delivery.objects.filter(channel=Channel.EMAIL).order_by("pk")
    assert (held.status, held.due_at.isoformat()) == ("held", "2026-05-21T05:00:00+00:00")
    assert (alarm.status, alarm.due_at) == ("queued", NIGHT)


def test_who_keeps_no_quiet_hours_gets_it_at_once(tell, ayse):
    Habits.objects.create(user=ayse, is_quiet=False)
    tell(now=NIGHT)
    assert Delivery.objects.get(channel=Channel.EMAIL).status == "queued"


def test_retracting_marks_each_once_with_the_reason(tell, ayse, bora):
    tell(to=[ayse, bora])
    for _ in range(2):
        services.retract(kind="test.order", key="1", reason={"tr": "Yanlıştı."}, now=NOON)
    assert Notice.objects.filter(retracted_at=NOON, reason={"tr": "Yanlıştı."}).count() == 2
    assert Line.objects.filter(name="notifications.retracted").count() == 1


def test_without_leaves_a_channel_out(ayse):
    services.notify("test.order", to=ayse, key="1", now=NOON, without={Channel.EMAIL})
    assert deliveries() == [("panel", "sent")]
