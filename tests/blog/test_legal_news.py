"""A new version of a legal document is announced by itself, from the journal line alone."""

from __future__ import annotations

from typing import Any

import pytest

from blog import events
from blog.models import Announcement, PostPage
from core import journal
from core.models import Line

pytestmark = pytest.mark.django_db


def version(**data: Any) -> Line:
    """What the legal room writes."""
    line = journal.write(
        events.VERSION_PUBLISHED,
        data={
            "document": "iade",
            "title": "İade koşulları",
            "number": 3,
            "url": "/hukuki/iade/v3/",
            "summary": "Aynı gün iade kuralı açıklandı.",
            "effective_from": "2026-12-01",
            "locale": "tr",
            "mode": "notify",
            **data,
        },
    )
    journal.handle(line.pk)
    line.refresh_from_db()
    return line


def test_a_version_becomes_an_official_post(blog, client):
    line = version()

    page = PostPage.objects.get()
    assert line.handled_at
    assert (page.live, page.official, page.announcement.origin) == (True, True, "legal/iade/3")
    body = client.get(page.url).content.decode()
    assert "İade koşulları değişti: sürüm 3" in body
    assert 'href="/hukuki/iade/v3/"' in body
    assert "1 Aralık 2026" in body
    assert "sistem bu duyuruyu kendiliğinden yayımladı" in body
    (told,) = Line.objects.filter(name=events.ANNOUNCED)
    assert told.data["url"] == page.full_url
    assert page.title in client.get("/duyurular/").content.decode()


def test_the_same_version_is_told_once(blog):
    version()
    version()

    assert PostPage.objects.count() == Announcement.objects.count() == 1


def test_each_version_and_each_document_is_told(blog):
    version()
    version(number=4)
    version(document="kvkk", title="KVKK aydınlatma metni")

    assert PostPage.objects.count() == 3


def test_english_is_told_in_english_and_is_its_translation(blog, english, client):
    version()
    version(
        locale="en", title="Refund terms", summary="Same-day refunds explained.", url="/en/legal/refund/v3/"
    )

    turkish, twin = PostPage.objects.order_by("pk")
    assert twin.locale.language_code == "en"
    assert twin.translation_key == turkish.translation_key
    body = client.get(twin.url).content.decode()
    assert "Refund terms has changed: version 3" in body
    assert "1 December 2026" in body


def test_a_version_that_is_only_published_is_not_told(blog):
    version(mode="publish")

    assert not PostPage.objects.exists()


def test_a_first_version_is_no_news(blog):
    line = version(number=1)

    assert line.handled_at
    assert not PostPage.objects.exists()


def test_hostile_and_missing_data_are_harmless(blog, client):
    version(
        title="<script>x</script> " + "ş" * 300, summary="<img onerror=1>" + "a" * 2000, effective_from="dün"
    )
    version(number="4", summary="", effective_from=None, mode="?")

    for page in PostPage.objects.all():
        body = client.get(page.url).content.decode()
        assert "<script>x" not in body
        assert "<img onerror" not in body
    assert PostPage.objects.count() == 2


def test_two_documents_with_one_title_get_two_addresses(blog):
    version()
    version(document="iade-2")

    assert len(set(PostPage.objects.values_list("slug", flat=True))) == 2


def test_without_a_blog_the_line_waits(tree):
    line = version()

    assert line.handled_at is None
    assert "NoBlog" in line.error


def test_a_failure_halfway_leaves_nothing(blog, monkeypatch):
    """Post, announcement and line are one: the next try starts from nothing."""

    def broken(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(PostPage, "save_revision", broken)
    version()

    assert not PostPage.objects.exists()
    assert not Announcement.objects.exists()
