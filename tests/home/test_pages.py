"""The home page and the files for robots."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.models import ProofResult
from home import modules
from home.models import FeaturedQuestion
from tests.factories import blog, faq

pytestmark = pytest.mark.django_db
NAMESPACES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def html(client, path: str = "/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def feature(tree: faq.Tree, title: str, place: int = 0, **fields):
    page = faq.question(tree.category, title, **fields)
    FeaturedQuestion.objects.create(page=tree.home, question=page, sort_order=place)
    return page


def test_open_modules_are_linked_and_others_say_so(tree, client):
    body = html(client)

    for module in modules.ALL:
        assert str(module.label) in body
        if module.url_name:
            assert f'href="{module.url}"' in body
            assert client.get(module.url).status_code == 200
    assert body.count("status--neutral") == sum(not module.url_name for module in modules.ALL) == 1


def test_proofs_are_shown_with_what_they_found(tree, client):
    assert 'id="home-proofs"' not in html(client)
    at = timezone.now()
    for code, state, public in (
        ("faq.two_clicks", "ok", "16 yanıt iki tık ötede."),
        ("faq.deep_links", "failed", "Bağlantı kayıp."),
    ):
        ProofResult.objects.create(code=code, state=state, public=public, checked_at=at)

    body = html(client)

    assert "16 yanıt iki tık ötede." in body
    assert "Bağlantı kayıp." in body
    assert "status--bad" in body
    assert f'datetime="{timezone.localtime(at).isoformat()[:19]}' in body


def test_the_chosen_questions_stand_in_the_editors_order(tree, client):
    second, first = feature(tree, "İkinci", 2), feature(tree, "Birinci", 1)
    feature(tree, "Taslak", 3, live=False)

    body = html(client)

    assert body.index(first.url) < body.index(second.url)
    assert "Taslak" not in body


def test_the_english_home_shows_the_english_questions(tree, english, client):
    source = feature(tree, "Soru")
    twin = faq.question(english.category, "Question", translation_key=source.translation_key)
    FeaturedQuestion.objects.create(page=english.home, question=source)

    body = html(client, english.home.url)

    assert f'href="{twin.url}"' in body
    assert f'href="{source.url}"' not in body


def test_the_home_page_costs_the_same_for_one_question_and_six(tree, client):
    feature(tree, "Soru")
    html(client)
    with CaptureQueriesContext(connection) as few:
        html(client)
    for number in range(5):
        feature(tree, f"Soru {number}", number)

    with CaptureQueriesContext(connection) as many:
        html(client)

    assert len(few) == len(many) <= 17


def test_a_question_names_its_translations(tree, english, client):
    page = faq.question(tree.category, "Soru")
    twin = faq.question(english.category, "Question", translation_key=page.translation_key)

    body = html(client, page.url)

    assert f'<link rel="canonical" href="{page.full_url}">' in body
    assert f'<link rel="alternate" hreflang="en" href="{twin.full_url}">' in body
    assert f'<link rel="alternate" hreflang="x-default" href="{page.full_url}">' in body


# --- Robots -------------------------------------------------------------------------------


def test_robots_are_kept_from_private_places_and_led_to_the_map(client):
    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert {"User-agent: *", "Disallow: /yonetim/", "Disallow: /panel/", "Disallow: /hesap/"} <= set(lines)
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_the_map_holds_every_public_page_with_its_translations(tree, english, client):
    page = faq.question(tree.category, "Soru")
    twin = faq.question(english.category, "Question", translation_key=page.translation_key)
    alone = faq.question(tree.category, "Yalnız")
    faq.question(tree.category, "Taslak", live=False)

    entries = entries_of(client)

    assert len(entries) == 13, "nine pages, businesses, bookings, the newsletter in two languages"
    assert {page.full_url, twin.full_url, alone.full_url, tree.home.full_url} <= set(entries)
    both = {"tr": page.full_url, "en": twin.full_url, "x-default": page.full_url}
    assert entries[page.full_url] == entries[twin.full_url] == both
    assert entries[alone.full_url] == {}


def test_the_map_costs_the_same_for_many_pages(tree, client):
    entries_of(client)
    with CaptureQueriesContext(connection) as few:
        entries_of(client)
    faq.make_questions(tree.category, 40)

    with CaptureQueriesContext(connection) as many:
        entries_of(client)

    assert len(few) == len(many)


def test_the_map_of_the_store_names_its_files(client):
    """Goods fill many files; the index names each, and each is there."""
    index = ET.fromstring(client.get("/sitemap-store.xml").content)  # noqa: S314
    files = [one.text for one in index.findall("map:sitemap/map:loc", NAMESPACES)]
    assert files == ["http://testserver/sitemap-goods-store.xml"]
    answer = client.get(files[0])
    assert answer.status_code == 200
    assert b"http://testserver/magaza/" in answer.content
    assert client.get("/sitemap-goods-nothing.xml").status_code == 404


def entries_of(client) -> dict[str, dict[str, str]]:
    """Address → its alternates by language."""
    answer = client.get("/sitemap.xml")
    assert answer.status_code == 200
    root = ET.fromstring(answer.content)  # noqa: S314
    return {
        entry.find("map:loc", NAMESPACES).text: {
            link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMESPACES)
        }
        for entry in root.findall("map:url", NAMESPACES)
    }


def test_the_map_holds_the_lists_of_the_blog_in_each_language(tree, english, client):
    turkish = blog.index(tree.home)
    blog.post(turkish, "Yazı", tags=("Kedi", "Bakım"))
    twin = blog.index(english.home, translation_key=turkish.translation_key)
    blog.post(twin, "Post", tags=("Kedi",))
    blog.tag("Boş")
    blog.draft(turkish, "Taslak", tags=("Gizli",))

    entries = entries_of(client)
    root = tree.home.full_url.rstrip("/")

    lists = {address for address in entries if "/etiket/" in address or "/duyurular/" in address}
    paths = (
        "/duyurular/",
        "/en/duyurular/",
        "/blog/etiket/kedi/",
        "/en/blog/etiket/kedi/",
        "/blog/etiket/bakim/",
    )
    assert lists == {f"{root}{path}" for path in paths}
    tr, en = f"{root}/blog/etiket/kedi/", f"{root}/en/blog/etiket/kedi/"
    assert entries[tr] == entries[en] == {"tr": tr, "en": en, "x-default": tr}
    assert entries[f"{root}/blog/etiket/bakim/"] == {}
    for address in lists:
        assert client.get(address.removeprefix(root)).status_code == 200


def test_without_a_blog_the_map_has_no_lists(tree, client):
    assert not any("/duyurular/" in address for address in entries_of(client))


def test_the_map_costs_the_same_for_many_tags(tree, client):
    index = blog.index(tree.home)
    blog.post(index, "Yazı", tags=("Kedi",))
    entries_of(client)
    with CaptureQueriesContext(connection) as few:
        entries_of(client)
    blog.post(index, "Yazı 2", tags=tuple(f"Etiket {number}" for number in range(20)))

    with CaptureQueriesContext(connection) as many:
        assert len(entries_of(client)) > 20

    assert len(few) == len(many)
