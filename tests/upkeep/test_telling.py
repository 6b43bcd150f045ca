"""Everybody is told each thing once: in batches, after crashes, without a broker, at the right hour."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core import mail as outbox
from django.db import transaction

from accounts.models import User
from core import journal
from core.models import Line, SuppressedAddress
from notifications.models import Delivery, Habits, Notice
from tests.core.rivals import at_once
from tests.factories import upkeep
from tests.notifications.conftest import crowd
from upkeep import events, services, tasks
from upkeep.models import Round
from upkeep.models.windows import NOTICE
from upkeep.services import telling
from upkeep.states import Event, Kind

from .conftest import HOUR, ISTANBUL, MINUTE, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(ayse, bora):
    return [ayse, bora]


def heard(person: User) -> list[str]:
    return list(person.notices.order_by("at", "pk").values_list("kind", flat=True))


def told(window) -> dict[str, int]:
    return dict(window.rounds.values_list("key", "told"))


def call_off(window, now: datetime = NOON):
    return services.call_off(window=window, version=window.version, reason="Gerek kalmadı.", by=None, now=now)


# --- Once, whatever happens ---------------------------------------------------------------


def test_everybody_with_an_open_account_hears_it_by_both_ways(people, person, worker):
    person("Kapalı", "Hesap", email="kapali@ornek.test", is_active=False)
    unproven = person("Yeni", "Gelen", email="yeni@ornek.test")
    unproven.emailaddress_set.update(verified=False)
    window = upkeep.announced(now=NOON)
    mails = worker(NOON)
    assert sorted(mail.to[0] for mail in mails) == ["ayse@ornek.test", "bora@ornek.test"]
    assert mails[0].subject == "Planlı bakım: Veritabanı yenileniyor"
    assert "28 Kasım 2031 Cuma 12:00–14:00" in mails[0].body
    assert told(window) == {"announced": 2}
    channels = Delivery.objects.order_by("channel").values_list("channel", "status")
    assert list(channels) == [("email", "sent")] * 2 + [("panel", "sent")] * 2


def test_each_reads_it_in_her_own_language(people, worker):
    User.objects.filter(email="bora@ornek.test").update(locale="en")
    upkeep.announced(now=NOON, title_en="New database")
    assert {mail.subject for mail in worker(NOON)} == {
        "Planlı bakım: Veritabanı yenileniyor",
        "Planned maintenance: New database",
    }


def test_many_are_told_in_batches_and_a_batch_that_runs_twice_tells_nobody_anew(monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 7)
    crowd(20)
    one = upkeep.announced(now=NOON).rounds.get()
    assert (one.people, one.told) == (20, 0)
    assert tasks.tell(round_id=one.pk) is None
    one.refresh_from_db()
    assert (one.told, one.finished_at) == (7, None)
    Round.objects.filter(pk=one.pk).update(after=0, told=0)  # as if the note of it had been lost
    services.sweep(now=NOON)
    services.sweep(now=NOON)
    one.refresh_from_db()
    assert one.finished_at == NOON
    assert Notice.objects.count() == 20
    assert Delivery.objects.filter(channel="email").count() == 20


class Killed(BaseException):
    """The worker is gone in the middle of a batch."""


def test_a_worker_killed_midway_leaves_nobody_out_and_nobody_doubled(monkeypatch, worker):
    monkeypatch.setattr(telling, "BATCH", 6)
    crowd(20)
    one = upkeep.announced(now=NOON).rounds.get()
    services.tell_next(round_id=one.pk, now=NOON)

    def die(*args, **kwargs):
        notify(*args, **kwargs)
        raise Killed

    notify = telling.notifications.notify
    with monkeypatch.context() as patch:
        patch.setattr(telling.notifications, "notify", die)
        with pytest.raises(Killed), transaction.atomic():
            services.tell_next(round_id=one.pk, now=NOON)
    one.refresh_from_db()
    assert (one.told, Notice.objects.count()) == (6, 6)
    worker(NOON + MINUTE)
    one.refresh_from_db()
    assert (one.told, one.finished_at) == (20, NOON + MINUTE)
    assert Notice.objects.values("recipient").distinct().count() == 20
    assert len({mail.to[0] for mail in outbox.outbox}) == len(outbox.outbox) == 20


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_costs_delay_only(people, worker, monkeypatch):
    def refuse(**_: object) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.tell, "delay", refuse)
    window = upkeep.announced(now=NOON)
    assert heard(people[0]) == []
    worker(NOON + MINUTE)
    assert [heard(one) for one in people] == [["upkeep.announced"]] * 2
    assert told(window) == {"announced": 2}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once(people):
    one = upkeep.announced(now=NOON).rounds.get()
    at_once(lambda _: services.tell_next(round_id=one.pk, now=NOON), 3)
    assert Notice.objects.count() == 2
    assert Line.objects.filter(name=events.TOLD).count() == 1


def test_a_mail_that_fails_is_a_receipt_too(people, worker):
    SuppressedAddress.objects.create(address="ayse@ornek.test", at=NOON)
    upkeep.announced(now=NOON)
    worker(NOON)
    states = Delivery.objects.filter(channel="email").values_list("notice__recipient__email", "status")
    assert dict(states) == {"ayse@ornek.test": "suppressed", "bora@ornek.test": "sent"}
    assert heard(people[0]) == ["upkeep.announced"]


def test_who_joins_later_hears_what_comes_later(people, person, worker):
    upkeep.announced(now=NOON)
    person("Deniz", "Er", date_joined=NOON + HOUR)
    worker(NOON + 2 * HOUR)
    deniz = User.objects.get(email="deniz@ornek.test")
    assert heard(deniz) == []
    worker(NOON + NOTICE - 20 * HOUR)
    assert heard(deniz) == ["upkeep.tomorrow"]


def test_quiet_hours_do_not_make_the_announcement_late(people, worker):
    """The promise is 48 hours: a mail held until morning would break it."""
    night = datetime(2031, 11, 26, 23, 30, tzinfo=ISTANBUL)
    Habits.objects.create(user=people[0], is_quiet=True)
    start = night + NOTICE
    upkeep.announced(now=night, starts_at=start)
    assert len(worker(night)) == 2
    worker(start - 24 * HOUR)
    waiting = Delivery.objects.filter(notice__kind="upkeep.tomorrow", channel="email")
    assert set(waiting.values_list("status", flat=True)) == {"held"}, "a day's reminder waits for the morning"
    assert len(worker(start - 15 * HOUR)) == 4


def test_it_cannot_be_turned_off(people, client):
    client.force_login(people[0])
    page = client.get("/panel/bildirimler/tercihler/").content.decode()
    assert "Planlı bakımı herkese 48 saat önceden haber vermeye söz verdik." in page
    assert 'name="maintenance-email"' not in page


# --- At the right hour --------------------------------------------------------------------


def test_the_day_and_the_hour_before(people, worker):
    start = NOON + 3 * NOTICE
    upkeep.announced(now=NOON, starts_at=start)
    for moment in (NOON, start - 25 * HOUR, start - 24 * HOUR, start - 23 * HOUR, start - 2 * HOUR):
        worker(moment)
    assert heard(people[0]) == ["upkeep.announced", "upkeep.tomorrow"]
    for moment in (start - HOUR, start - 30 * MINUTE):
        worker(moment)
    assert heard(people[0]) == ["upkeep.announced", "upkeep.tomorrow", "upkeep.soon"]
    assert people[0].notices.order_by("at").last().at == start - HOUR


@pytest.mark.parametrize(
    ("moment", "reminders"), [(-20 * HOUR, ["day"]), (-30 * MINUTE, ["hour"]), (10 * MINUTE, [])]
)
def test_a_worker_that_slept_reminds_of_what_still_makes_sense(people, worker, moment, reminders):
    start = NOON + 3 * NOTICE
    window = upkeep.announced(now=NOON, starts_at=start)
    worker(NOON)
    worker(start + moment)
    found = window.rounds.exclude(event=Event.ANNOUNCED).values_list("event", flat=True)
    assert [event.split("_")[0] for event in found] == reminders


def test_an_announcement_within_the_day_needs_no_reminder_of_the_day(people, worker):
    window = upkeep.announced(now=NOON, starts_at=NOON + 5 * HOUR, kind=Kind.EMERGENCY)
    worker(NOON + MINUTE)
    worker(NOON + 4 * HOUR)
    assert set(told(window)) == {"announced", f"hour_ahead-{int(window.starts_at.timestamp())}"}


def test_a_moved_window_reminds_anew(people, worker):
    from .test_announcing import change

    start = NOON + 2 * NOTICE
    window = upkeep.announced(now=NOON, starts_at=start)
    worker(NOON)
    worker(start - 23 * HOUR)
    later = start + 2 * NOTICE
    change(window, start - 22 * HOUR, starts_at=later, ends_at=later + HOUR)
    worker(start - 22 * HOUR)
    worker(later - 23 * HOUR)
    assert heard(people[0]) == ["upkeep.announced", "upkeep.tomorrow", "upkeep.changed", "upkeep.tomorrow"]
    first, reminder, changed, again = people[0].notices.order_by("at")
    assert first.retracted_at
    assert reminder.retracted_at
    assert not changed.retracted_at
    assert not again.retracted_at
    assert "4 Aralık 2031 Perşembe 12:00–13:00" in changed.words("tr").body


def test_calling_off_takes_back_what_was_told_and_stops_what_was_not(people, worker):
    window = upkeep.announced(now=NOON)
    worker(NOON)
    call_off(window, NOON + HOUR)
    mails = len(worker(NOON + HOUR))
    assert mails == 4
    worker(NOON + NOTICE)
    first, last = people[0].notices.order_by("at")
    assert (first.kind, bool(first.retracted_at)) == ("upkeep.announced", True)
    assert last.kind == "upkeep.cancelled"
    assert "Gerek kalmadı." in last.words("tr").body
    assert len(outbox.outbox) == mails, "nobody is reminded of what was called off"


def test_called_off_before_the_announcement_went_out_nobody_hears_the_announcement(people, worker):
    window = upkeep.announced(now=NOON)
    call_off(window)
    worker(NOON)
    assert heard(people[0]) == ["upkeep.cancelled"]
    assert window.rounds.get(event=Event.ANNOUNCED).is_stopped


def test_the_end_is_told(people, worker):
    window = upkeep.announced(now=NOON)
    for moment in (NOON, window.starts_at, window.ends_at):
        worker(moment)
    assert heard(people[0])[-1] == "upkeep.ended"
    assert people[0].notices.order_by("at").last().words("tr").body.startswith("Saat 14:00")


# --- Honest words -------------------------------------------------------------------------


def test_unplanned_work_claims_no_notice(people, worker):
    outage = upkeep.outage(title="Kesinti")
    now = outage.starts_at
    worker(now)
    services.end(window=outage, version=outage.version, by=None, now=now + MINUTE)
    words = [mail.subject + mail.body for mail in worker(now + HOUR)]
    assert words
    for text in words:
        assert "lanlı bakım" not in text.replace("lanlı bakımı", "")
        assert "Plansız" in text or "plansız" in text
    assert "Daha önce haber veremedik." in words[0]


def test_the_journal_says_when_everybody_was_told(people, worker):
    window = upkeep.announced(now=NOON)
    worker(NOON)
    line = Line.objects.get(name=events.TOLD)
    assert (line.subject, line.data) == (window, {"key": "announced", "people": 2})
    assert not journal.sweep(now=NOON)
