"""Teknik destek: one message away, a person answers by priority within 24 hours, a pause by ticket."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from accounts.models import Address, User
from core import journal, proofs
from support.models import Message, Ticket
from support.services import escalating, talking
from support.states import Queue
from support.tasks import watch_promises
from tests.conftest import PASSWORD
from tests.factories import support

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def derya(db) -> User:
    """Derya of the demo, with the password that tests know."""
    person = User.objects.get(email="destek@ornek.test")
    person.set_password(PASSWORD)
    person.save()
    return person


def fields(body: str) -> dict[str, str]:
    """What the form on the page would send if only the address and the words were typed."""
    subject = re.search(r'name="subject" value="([^"]*)"', body)[1]
    source = re.search(r'name="source" value="([^"]*)"', body)[1]
    return {"queue": "general", "subject": subject, "source": source}


def test_from_an_empty_search_one_submit_makes_a_ticket_and_mails_its_reference(client):
    """Destek bir mesaj uzağında: boş aramadan bir talep, numarası e-postayla gelir."""
    empty = client.get("/yardim/ara/", {"q": "zürafa pasaportu"}).content.decode()
    link = re.search(r'href="(/destek/\?q=[^"]+)"', empty)[1]
    form = client.get(link).content.decode()
    data = fields(form) | {"words": "Yolculuk için gerekiyor.", "email": "misafir@ornek.test"}
    assert data["subject"] == "zürafa pasaportu"
    assert client.post("/destek/", data).status_code == 302

    ticket = Ticket.objects.get(guest_email="misafir@ornek.test")
    assert (ticket.subject, ticket.source) == ("zürafa pasaportu", "? zürafa pasaportu")
    support.sweep()
    sent = next(mail for mail in outbox.outbox if mail.to == ["misafir@ornek.test"])
    assert ticket.reference in sent.subject
    assert proofs.check("support.one_message_away").state == "ok"


def test_every_answer_leads_to_support(client):
    """Destek bir mesaj uzağında (her yanıtın altından, sorusuyla dolu)."""
    page = client.get("/yardim/teknik-destek-ve-guvenlik/destek-suresi/").content.decode()
    link = re.search(r'href="(/destek/\?soru=\d+)"', page)[1]
    form = client.get(link).content.decode()
    assert 'value="Destek talebi açınca ne kadar sürede dönüş alırım?"' in form


@pytest.mark.parametrize(
    "moment",
    ["2026-10-30T18:00", "2026-10-29T09:00", "2026-12-31T23:30", "2027-03-09T23:00", "2027-02-28T12:00"],
)
@pytest.mark.parametrize("queue", Queue.values)
def test_a_person_answers_within_24_hours_by_priority(ayse, derya, moment, queue):
    """Destek talebi açınca ne kadar sürede dönüş alırım?"""
    now = timezone.make_aware(datetime.fromisoformat(moment))
    with time_machine.travel(now, tick=False) as clock:
        ticket = support.ticket(ayse, queue, now=timezone.now())
        support.sweep()
        assert ticket.first_due_at - now <= timedelta(hours=24)
        assert Message.objects.filter(ticket=ticket, sender="machine").exists()
        clock.move_to(ticket.first_due_at)
        ticket.refresh_from_db()
        assert ticket.due_at == ticket.first_due_at, "the automatic message stopped nothing"
        watch_promises()
        ticket.refresh_from_db()
        assert ticket.assignee is not None, "somebody else has it now"
        talking.answer(ticket=ticket, words="Buldum", by=derya, then="solved", now=timezone.now())
        ticket.refresh_from_db()
    assert ticket.kept_promise is True


def test_emergencies_jump_the_queue(client, ayse, derya):
    """Destek talebi açınca ne kadar sürede dönüş alırım? (Acil olan öne geçer.)"""
    now = timezone.now()
    support.ticket(ayse, Queue.FINANCE, now=now - 5 * HOUR, subject="Sözü geçmiş fatura")
    support.ticket(ayse, Queue.EMERGENCY, now=now, subject="Nefes alamıyor")
    support.sweep()
    client.force_login(derya)
    body = client.get("/panel/masa/").content.decode()
    assert body.index("Nefes alamıyor") < body.index("Sözü geçmiş fatura")
    assert derya.notices.filter(kind="support.paged").exists(), "the person on call knows"


def test_the_proof_says_so_when_a_promise_was_broken(ayse, derya):
    """Destek talebi açınca ne kadar sürede dönüş alırım? (Kanıt tutmayınca söyler.)"""
    Ticket.objects.filter(due_at__isnull=False).update(status="solved", due_at=None, awaited_since=None)
    assert proofs.check("support.reply_in_time").state == "ok"
    late = support.ticket(ayse, Queue.FINANCE, now=timezone.now() - 5 * HOUR)
    escalating.watch(now=timezone.now())
    assert proofs.check("support.reply_in_time").state == "failed"
    talking.answer(ticket=late, words="Geç kaldık", by=derya, then="solved", now=timezone.now())
    assert proofs.check("support.reply_in_time").state == "degraded"


def test_the_answer_shows_measured_times(client):
    """Destek talebi açınca ne kadar sürede dönüş alırım? (Ölçülen süreler.)"""
    page = client.get("/yardim/teknik-destek-ve-guvenlik/destek-suresi/").content.decode()
    assert "ilk yanıtların yarısı" in page
    api = client.get(
        "/api/content/v2/pages/", {"slug": "destek-suresi", "fields": "*", "type": "faq.QuestionPage"}
    )
    assert "median_minutes" in api.content.decode()


def test_an_account_is_paused_by_ticket_without_loss_and_returns_at_will(client, ayse, derya):
    """Hesabımı geçici olarak kapatabilir miyim? (Destek talebiyle, baştan sona.)"""
    client.force_login(ayse)
    rows = {"addresses": Address.objects.filter(user=ayse).count(), "pets": ayse.kept.count()}
    until = timezone.localdate() + timedelta(days=30)
    page = client.post(
        "/panel/destek/hesabimi-askiya-al/", {"until": until.isoformat(), "words": "Tatil"}
    ).url
    ticket = Ticket.objects.get(wish="suspend")
    assert client.get(page).status_code == 200
    ayse.refresh_from_db()
    assert ayse.status == "active", "not before a person has looked"

    desk = Client()
    desk.force_login(derya)
    act = f"/panel/masa/{ticket.reference}/islem/pause/"
    desk.post(desk.get(act).url, {"password": PASSWORD})
    assert desk.post(act, {"sure": "on"}).status_code == 302
    journal.sweep()

    ayse.refresh_from_db()
    assert (ayse.status, timezone.localdate(ayse.suspended_until)) == ("suspended", until + timedelta(days=1))
    assert client.get("/panel/").url == "/panel/donus/"
    assert rows == {"addresses": Address.objects.filter(user=ayse).count(), "pets": ayse.kept.count()}
    again = Client()
    again.post("/hesap/giris/", {"login": ayse.email, "password": PASSWORD})
    again.post("/panel/donus/")
    assert again.get("/panel/").status_code == 200
    assert proofs.check("support.pause_by_ticket").state == "ok"
