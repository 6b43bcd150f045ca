"""Planlı bakım (row 15): announced 48 hours ahead by panel and e-mail, driven as staff and people would."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core import journal, proofs
from faq.models import QuestionPage
from notifications import services as notifications
from notifications.models import Delivery, Notice
from upkeep import services
from upkeep.models import Component, MaintenanceWindow
from upkeep.models.windows import NOTICE

pytestmark = pytest.mark.django_db
CODE = "upkeep.told_48_hours_ahead"


@pytest.fixture
def staff() -> Client:
    """Alp of the demo, who may plan maintenance and nothing else."""
    client = Client()
    client.force_login(User.objects.get(email="altyapi@ornek.test"))
    return client


def work(now: datetime) -> None:
    services.sweep(now=now)
    while notifications.hand_over(now=now):
        pass
    while journal.sweep():
        pass


def plan(staff: Client, start: datetime) -> MaintenanceWindow:
    local = timezone.localtime(start)
    typed = {
        "kind": "planned",
        "effect": "stop",
        "components": [Component.objects.get(key="store").pk],
        "title": "Söz denemesi",
        "text": "Disk değişiyor.",
        "starts_at": f"{local:%Y-%m-%d %H:%M}",
        "ends_at": f"{local + timedelta(hours=1):%Y-%m-%d %H:%M}",
    }
    assert staff.post("/yonetim/upkeep/new/", typed).status_code == 302
    return MaintenanceWindow.objects.get(title="Söz denemesi")


def test_planned_maintenance_is_told_48_hours_ahead_by_both_ways(staff, ayse):
    """Planlı bakımlar ne zaman duyuruluyor?"""
    window = plan(staff, timezone.now() + NOTICE + timedelta(minutes=5))
    page = staff.get(f"/yonetim/upkeep/{window.pk}/announce/").content.decode()
    assert "Planlı bakım: Söz denemesi" in page
    staff.post(f"/yonetim/upkeep/{window.pk}/announce/", {"seen": window.version, "confirmed": "1"})
    work(timezone.now())

    window.refresh_from_db()
    latest = window.starts_at - NOTICE
    notices = Notice.objects.filter(key__startswith=str(window.public_id))
    assert notices.count() == User.objects.filter(is_active=True).count()
    assert all(notice.at <= latest for notice in notices)
    mails = Delivery.objects.filter(notice__in=notices, channel="email")
    assert {(mail.status, mail.at <= latest) for mail in mails} == {("sent", True)}
    assert mails.count() == notices.count()
    assert any("Söz denemesi" in message.subject for message in outbox.outbox)

    reader = Client()
    reader.force_login(ayse)
    assert "Planlı bakım: Söz denemesi" in reader.get("/panel/bildirimler/").content.decode()
    receipts = staff.get(f"/yonetim/upkeep/{window.pk}/receipts/?q=ayse").content.decode()
    assert "ayse@ornek.test" in receipts
    assert proofs.check(CODE).state == "ok"


def test_47_hours_and_59_minutes_are_refused(staff):
    """Planlı bakımlar ne zaman duyuruluyor? (47 saat 59 dakika: olmaz.)"""
    window = plan(staff, timezone.now() + NOTICE - timedelta(minutes=1))
    told = Notice.objects.count()
    address = f"/yonetim/upkeep/{window.pk}/announce/"
    refused = staff.post(address, {"seen": window.version, "confirmed": "1"})
    assert refused.status_code == 422
    assert "en az 48 saat önce" in refused.content.decode()
    window.refresh_from_db()
    assert window.status == "draft"
    assert Notice.objects.count() == told


def test_the_answer_shows_the_receipts_of_the_demo(client):
    """Planlı bakımlar ne zaman duyuruluyor? (Alındı kayıtları yanıtta durur.)"""
    answer = QuestionPage.objects.get(title="Planlı bakımlar ne zaman duyuruluyor?")
    assert answer.claims == [CODE]
    page = client.get(answer.url).content.decode()
    assert "Veritabanı yenilendi" in page
    assert "4 gün 12 saat" in page


def test_the_proof_sees_who_was_told_too_late(ayse):
    """Planlı bakımlar ne zaman duyuruluyor? (Kanıt tutmayınca söyler.)"""
    past = MaintenanceWindow.objects.get(title="Veritabanı yenilendi")
    late = past.starts_at - NOTICE + timedelta(seconds=1)
    work(timezone.now())
    assert proofs.check(CODE).state == "ok"
    notice = ayse.notices.get(key=f"{past.public_id} announced")
    Delivery.objects.filter(notice=notice, channel="email").update(at=late)
    assert proofs.check(CODE).state == "failed"
    Delivery.objects.filter(notice=notice, channel="email").update(at=past.announced_at)
    assert proofs.check(CODE).state == "ok"
    past.rounds.filter(key="announced").update(told=3)
    assert proofs.check(CODE).state == "failed"
