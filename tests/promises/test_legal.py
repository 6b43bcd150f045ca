"""Hukuk bölümü: the texts are open, in force and unchanged, and new versions announce themselves."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from core import journal, proofs
from core.models import Line
from faq.models import QuestionPage
from legal import services
from legal.models import Announcement, DocumentPage, Version

pytestmark = pytest.mark.django_db


def question(title: str) -> QuestionPage:
    return QuestionPage.objects.get(title=title, locale__language_code="tr")


def test_privacy_pages_are_open_and_linked_from_every_page(client):
    """Verilerim nasıl korunuyor? (KVKK ve gizlilik sayfaları.)"""
    page = question("Verilerim nasıl korunuyor?")
    assert set(page.claims) == {
        "legal.privacy_pages_open",
        "legal.versions_unchanged",
        "accounts.data_requests",
    }
    answer = client.get(page.url).content.decode()
    for address in ("/hukuki/kvkk/", "/hukuki/gizlilik/"):
        assert f'href="{address}"' in answer
        body = client.get(address).content.decode()
        assert "Yürürlükte" in body
        assert "örnektir" in body
    assert "/hukuki/kvkk/v1/#kvkk-7" in answer
    for code in page.claims:
        assert proofs.check(code).state == "ok"


def test_a_closed_privacy_page_breaks_the_proof():
    """Verilerim nasıl korunuyor? (Kanıt tutmayınca söyler.)"""
    DocumentPage.objects.get(key="kvkk", locale__language_code="tr").unpublish()

    assert proofs.check("legal.privacy_pages_open").state == "failed"


def test_every_document_speaks_both_languages(client):
    """Hukuki metinler iki dilde okunur, yalnız Türkçesi bağlar."""
    pages = DocumentPage.objects.live().select_related("locale")
    assert pages.count() == 20
    for page in pages:
        body = client.get(page.url).content.decode()
        assert ("Only the Turkish text binds" in body) == (page.locale.language_code == "en")
        least = 1 if page.key == "cayma-formu" else 5  # a form is one piece
        assert least <= page.version.clauses_total <= 9
        for version in page.history:
            assert client.get(f"{page.url}{version.path}").status_code == 200


def test_a_new_legal_version_announces_itself(client):
    """Resmî duyurular nerede yayımlanıyor? (Hukuk bölümü ve yeni sürüm.)"""
    page = DocumentPage.objects.get(key="gizlilik", locale__language_code="tr")
    page.title = "Gizlilik politikası (yeni)"
    page.changes = "Başlık değişti."
    page.save_revision().publish()

    line = Line.objects.filter(name="legal.version_published").latest("pk")
    assert (line.data["document"], line.data["number"], line.data["summary"]) == (
        "gizlilik",
        2,
        "Başlık değişti.",
    )
    assert "Başlık değişti." in client.get("/hukuki/").content.decode()


def test_an_announcement_reaches_the_legal_section_and_is_marked_when_retracted(client):
    """Resmî duyurular nerede yayımlanıyor? (Geri alınan duyuru.)"""
    told = {
        "title": "Ödeme kuruluşu değişikliği",
        "summary": "Kısa.",
        "url": "/blog/odeme/",
        "locale": "tr",
        "translation_key": "0e6f2c1a-2f55-4b7e-9f0c-6d5d1c1f3c7a",
        "at": timezone.now().isoformat(),
    }
    journal.handle(journal.write("blog.announced", data=told).pk)
    assert "Ödeme kuruluşu değişikliği" in client.get("/hukuki/").content.decode()

    journal.handle(journal.write("blog.announcement_retracted", data=told | {"note": "Vazgeçildi."}).pk)

    body = client.get("/hukuki/").content.decode()
    assert "Geri çekildi" in body
    assert "Vazgeçildi." in body
    assert Announcement.objects.filter(translation_key=told["translation_key"]).count() == 1


def test_the_coming_refund_terms_begin_on_their_day_and_not_before(client):
    """İade koşullarının yeni sürümü gününde yürürlüğe girer; eski sürüm okunur kalır."""
    old, new = Version.objects.filter(document="iade", locale="tr").order_by("number")
    assert (old.status, new.status) == ("effective", "scheduled")

    services.bring_into_force(today=new.effective_from - datetime.timedelta(days=1))
    assert old.sha256[:4] in client.get("/hukuki/iade/").content.decode()
    services.bring_into_force(today=new.effective_from)

    assert new.sha256[:4] in client.get("/hukuki/iade/").content.decode()
    assert "aynı anda bakiyeye eklenir." in client.get("/hukuki/iade/v1/").content.decode()
    assert proofs.check("legal.versions_unchanged").state == "ok"
