"""A delivery ends as what became of its mail; what should not leave does not."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction

from accounts.services import suspend_account
from core import bounces, journal, mail, smtp
from core.models import Mail, SuppressedAddress
from core.states import MoveRefused
from notifications import services
from notifications.categories import Category, Channel, Mode
from notifications.channels import email
from notifications.models import Delivery, Preference
from notifications.states import MOVES, Status
from tests.core import rivals
from tests.notifications.conftest import NIGHT, NOON

pytestmark = pytest.mark.django_db
SERVER = "django.core.mail.backends.locmem.EmailBackend.send_messages"


def answer_with(monkeypatch, error: Exception) -> None:
    def fail(*_):
        raise error

    monkeypatch.setattr(SERVER, fail)


def gone(reply: bytes = b"5.1.1 no such user") -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"ayse@ornek.test": (550, reply)})


def delivery() -> Delivery:
    return Delivery.objects.get(channel=Channel.EMAIL)


@pytest.mark.parametrize("source", Status)
@pytest.mark.parametrize("target", Status)
def test_life(tell, source, target):
    tell()
    Delivery.objects.filter(channel=Channel.EMAIL).update(status=source)
    row = delivery()
    if target in MOVES.table.get(source, set()):
        MOVES.move(row, target, event="test.moved", at=NOON)
        assert delivery().status == target
    else:
        with pytest.raises(MoveRefused):
            MOVES.move(row, target, event="test.moved", at=NOON)


def test_the_mail_is_in_her_language_and_leads_to_the_notice(tell, worker, ayse):
    ayse.locale = "en"
    ayse.save()
    tell("test.due", name={"tr": "Aşı", "en": "Vaccination"}, on={"day": "2026-06-01"}, url="/yardim/")

    [sent] = worker()
    assert sent.subject == "Your question has an answer"
    assert "Vaccination, 1 June 2026" in sent.body
    assert f"/en/panel/bildirimler/{delivery().notice.public_id}/" in sent.body
    assert "/en/panel/bildirimler/tercihler/" in sent.body
    assert delivery().status == "sent"
    assert len(worker()) == 1


def test_handed_over_once_by_rivals(tell):
    tell()
    with transaction.atomic():
        assert services.hand_over(now=NOON) == 1
        assert services.hand_over(now=NOON) == 0
    assert Mail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work(tell):
    for number in range(8):
        tell(key=str(number))
    handed = rivals.at_once(lambda _: services.hand_over(now=NOON, limit=4), 4)
    assert sum(handed) <= 8
    services.hand_over(now=NOON)
    assert Mail.objects.count() == 8


def test_what_waits_for_the_morning_leaves_in_the_morning(tell, worker):
    tell(now=NIGHT)
    assert worker(now=NIGHT + timedelta(hours=8)) == []
    assert len(worker(now=NIGHT + timedelta(hours=8, minutes=30))) == 1
    assert delivery().status == "sent"


def test_a_mail_server_that_is_away_costs_delay_only(tell, worker, monkeypatch):
    tell()
    with monkeypatch.context() as broken:
        answer_with(broken, ConnectionRefusedError())
        worker()
        assert delivery().status == "queued"
    journal.sweep(now=Mail.objects.get().queued_at + timedelta(minutes=2))
    assert len(outbox.outbox) == 1
    assert delivery().status == "sent"


def test_full_mailbox_and_busy_server_are_tried_again(tell, worker, monkeypatch):
    tell()
    with monkeypatch.context() as broken:
        answer_with(broken, smtplib.SMTPRecipientsRefused({"ayse@ornek.test": (450, b"4.2.2 full")}))
        worker()
    assert not SuppressedAddress.objects.exists()
    journal.sweep(now=Mail.objects.get().queued_at + timedelta(minutes=2))
    assert delivery().status == "sent"


def test_a_dead_address_gets_no_mail_any_more(tell, worker, monkeypatch, ayse):
    tell()
    with monkeypatch.context() as broken:
        answer_with(broken, gone())
        worker()
    assert (delivery().status, delivery().error) == ("failed", "550 5.1.1 no such user")
    tell(key="2")
    assert worker() == []
    last = Delivery.objects.filter(channel=Channel.EMAIL).latest("pk")
    assert (last.status, last.why) == ("suppressed", "adres e-posta almıyor")
    assert last.mail is None
    mail.send("notice", to="AYSE@ornek.test", context={"item": {"title": "x"}}, locale="tr")
    journal.sweep()
    assert outbox.outbox == []
    assert Mail.objects.latest("pk").outcome == "suppressed"


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (gone(b"5.7.1 your server is on a list"), "refused"),
        (smtplib.SMTPRecipientsRefused({"x": (552, b"mailbox full")}), "refused"),
        (smtplib.SMTPDataError(554, b"this looks like spam"), "refused"),
        (smtp.NoAnswer("closed"), "unknown"),
    ],
)
def test_a_refusal_of_the_mail_is_not_one_of_the_address(tell, worker, monkeypatch, error, outcome):
    tell()
    with monkeypatch.context() as broken:
        answer_with(broken, error)
        worker()
    assert Mail.objects.get().outcome == outcome
    assert delivery().status == {"refused": "failed", "unknown": "unknown"}[outcome]
    assert not SuppressedAddress.objects.exists()
    assert worker() == []


def test_safety_is_tried_once_a_day_and_lifts_the_ban(tell, worker, ayse, monkeypatch):
    services.bounced(address=ayse.email.upper(), permanent=True, error="550", now=NOON)
    with monkeypatch.context() as broken:
        answer_with(broken, gone())
        tell("test.alarm")
        worker()
    tell("test.alarm", key="2")
    assert worker() == []
    assert Delivery.objects.filter(channel=Channel.EMAIL).latest("pk").status == "suppressed"

    SuppressedAddress.objects.update(tried_at=NOON - timedelta(days=2))
    tell("test.alarm", key="3")
    assert len(worker()) == 1
    assert not SuppressedAddress.objects.exists()


def test_a_bounce_that_passes_changes_nothing(ayse):
    services.bounced(address=ayse.email, permanent=False, now=NOON)
    assert bounces.among([ayse.email]) == set()


def test_what_was_retracted_turned_off_or_closed_stays_here(tell, worker, ayse, bora, cem):
    tell("test.due", to=[ayse, bora, cem], now=NIGHT)
    morning = NIGHT + timedelta(hours=9)
    Preference.objects.create(user=ayse, category=Category.PETS, channel=Channel.EMAIL, mode=Mode.OFF)
    bora.is_active = False
    bora.save()
    cem.notices.update(retracted_at=NIGHT, reason={"tr": "Yanlıştı."})

    assert worker(now=morning) == []
    rows = Delivery.objects.filter(channel=Channel.EMAIL).order_by("notice__recipient")
    assert [row.error for row in rows] == ["turned_off", "closed", "retracted"]
    assert {row.status for row in rows} == {"suppressed"}


def test_who_is_away_is_reminded_of_nothing(tell, worker, ayse):
    """She reads it in the panel once she is back; what is about her safety still reaches her."""
    suspend_account(user=ayse, until=None, by=None, reason="tatil")
    tell()
    tell("test.alarm")
    subjects = {one.subject for one in worker()}
    assert "Alarm" in subjects
    assert not Delivery.objects.filter(notice__kind="test.due", mail__isnull=False).exists()
    assert Delivery.objects.get(channel=Channel.EMAIL, error="paused").status == "suppressed"
    assert ayse.notices.filter(in_panel=True).count() == 2


def test_one_that_cannot_be_rendered_holds_nobody_up(tell, worker, bora, monkeypatch):
    tell()
    tell(to=bora)
    first = Delivery.objects.filter(channel=Channel.EMAIL).order_by("pk").first()
    real = email.send_notice

    def broken(notice):
        return 1 / 0 if notice == first.notice else real(notice)

    monkeypatch.setattr(email, "send_notice", broken)
    assert [message.to for message in worker()] == [[bora.email]]
    first.refresh_from_db()
    assert first.status == "queued"
    assert first.error.startswith("ZeroDivisionError")
    worker(now=NOON + timedelta(hours=49))
    first.refresh_from_db()
    assert first.status == "failed"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"status": "lost"}, "delivery_has_a_known_status"),
        ({"status": "held", "due_at": None}, "held_delivery_knows_until_when"),
        ({"channel": "panel"}, "notice_goes_by_a_channel_once"),
    ],
)
def test_the_database_refuses_what_makes_no_sense(tell, change, constraint):
    tell()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Delivery.objects.filter(channel=Channel.EMAIL).update(**change)


def test_a_mail_that_left_was_sent(tell, worker):
    tell()
    worker()
    with pytest.raises(IntegrityError, match="mail_that_left_was_sent"), transaction.atomic():
        Mail.objects.update(outcome="refused")
