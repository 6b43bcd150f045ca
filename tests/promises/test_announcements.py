"""Resmî duyurular (row 4): blog, feed, official page, API, legal section and the panel."""

import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blog import events, services
from blog.models import Announcement, BlogIndexPage, PostPage
from core import journal, proofs
from core.models import Line
from notifications.models import Notice

pytestmark = pytest.mark.django_db
CODE = "blog.announcements_everywhere"


def announce(title: str) -> PostPage:
    index = BlogIndexPage.objects.get(locale__language_code="tr")
    page = index.add_child(instance=PostPage(title=title, summary="Kısaca.", official=True, live=False))
    page.save_revision().publish()
    return PostPage.objects.get(pk=page.pk)


def sweep() -> None:
    while journal.sweep():
        pass


def places(client, page: PostPage) -> dict[str, str]:
    paths = ["/blog/", "/duyurular/", "/blog/atom.xml", "/blog/resmi/atom.xml", page.url]
    answers = {path: client.get(path).content.decode() for path in paths}
    api = client.get("/api/content/v2/pages/", {"type": "blog.PostPage", "slug": page.slug, "fields": "*"})
    return answers | {"api": api.content.decode()}


def test_an_announcement_published_once_stands_everywhere(client):
    """Resmî duyurular nerede yayımlanıyor? (Blog, akış ve duyurular sayfası.)"""
    page = announce("Çalışma saatleri değişti")

    for place, body in places(client, page).items():
        assert "Çalışma saatleri değişti" in body, place
    assert Line.objects.filter(name=events.ANNOUNCED, subject_id=str(page.pk)).count() == 1
    page.save_revision().publish()
    assert Line.objects.filter(name=events.ANNOUNCED, subject_id=str(page.pk)).count() == 1
    assert "Çalışma saatleri değişti" in client.get("/").content.decode()
    journal.sweep()
    assert proofs.check(CODE).state == "ok"


def test_a_retracted_announcement_is_marked_everywhere(client):
    """Resmî duyurular nerede yayımlanıyor? (Geri alınan duyuru.)"""
    page = announce("Çalışma saatleri değişti")
    client.force_login(User.objects.get(email="yonetici@ornek.test"))
    client.post(reverse("blog_retract", args=[page.pk]), {"tr": "Değişiklik ertelendi."})
    client.logout()

    for place, body in places(client, page).items():
        marks = (
            ('"retracted":true', '"retracted": true') if place == "api" else ("Geri çekildi", "geri çekildi")
        )
        assert any(mark in body for mark in marks), place
        assert "Değişiklik ertelendi." in body, place
    assert "Çalışma saatleri değişti" not in client.get("/").content.decode()
    entries = ET.fromstring(client.get("/blog/resmi/atom.xml").content)  # noqa: S314
    assert "Geri çekildi: Çalışma saatleri değişti" in ET.tostring(entries, encoding="unicode")
    assert proofs.check(CODE).state == "ok"


def test_one_announcement_stands_in_blog_panel_and_legal_section_and_is_retracted_in_all(client, ayse):
    """Resmî duyurular nerede yayımlanıyor?"""
    page = announce("Çalışma saatleri değişti")
    sweep()
    three = ["/blog/", "/panel/bildirimler/", "/hukuki/"]
    client.force_login(ayse)
    for place in three:
        assert "Çalışma saatleri değişti" in client.get(place).content.decode(), place

    client.force_login(User.objects.get(email="yonetici@ornek.test"))
    client.post(reverse("blog_retract", args=[page.pk]), {"tr": "Değişiklik ertelendi."})
    sweep()
    client.force_login(ayse)
    for place in three:
        assert "Değişiklik ertelendi." in client.get(place).content.decode(), place
    assert not Notice.objects.filter(key=str(page.translation_key), retracted_at=None).exists()


def test_a_new_legal_version_announces_itself(client):
    """Resmî duyurular nerede yayımlanıyor? (Hukuk metninin yeni sürümü.)"""
    data = {
        "document": "kosullar",
        "title": "Kullanım koşulları",
        "number": 2,
        "url": "/hukuki/kosullar/v2/",
        "summary": "Fesih bölümü açıklandı.",
        "effective_from": timezone.localdate().isoformat(),
        "mode": "notify",
    }
    for language, title in (("tr", "Kullanım koşulları"), ("en", "Terms of use")):
        line = journal.write(events.VERSION_PUBLISHED, data={**data, "title": title, "locale": language})
        journal.handle(line.pk)
        journal.handle(line.pk)

    assert Announcement.objects.filter(origin="legal/kosullar/2").count() == 2
    turkish = client.get("/duyurular/").content.decode()
    assert "Kullanım koşulları değişti: sürüm 2" in turkish
    assert "Terms of use has changed: version 2" in client.get("/en/duyurular/").content.decode()


def test_an_announcement_that_is_missing_somewhere_breaks_the_proof(monkeypatch):
    """Resmî duyurular nerede yayımlanıyor? (Kanıt tutmayınca söyler.)"""
    monkeypatch.setattr(services, "announce", lambda **_: None)
    announce("Kimseye duyurulmadı")

    assert proofs.check(CODE).state == "failed"
