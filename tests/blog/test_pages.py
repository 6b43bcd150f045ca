"""The blog as readers get it."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from blog.models import BlogTag, PostPage, RelatedPost, minutes_for
from tests.factories import blog as make

pytestmark = pytest.mark.django_db


def html(client, path: str, status: int = 200, **query) -> str:
    answer = client.get(path, query)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def cost(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        html(client, path)
    return len(captured)


# --- The list -----------------------------------------------------------------------------


def test_posts_stand_newest_first_with_what_a_reader_wants_to_know(blog, client):
    old = make.post(blog, "Eski yazı", days=3, summary="Eskinin özeti.", body=make.rich("kelime " * 400))
    new = make.post(blog, "Yeni yazı")

    body = html(client, "/blog/")

    assert body.index(new.url) < body.index(old.url)
    assert "Eskinin özeti." in body
    assert "3 dk okuma" in body
    assert re.search(r'<a href="/blog/" aria-current="page">Blog</a>', body)


def test_an_empty_blog_says_so(blog, client):
    assert "Henüz yazı yok" in html(client, "/blog/")


def test_lists_come_in_pages(blog, client):
    for number in range(12):
        make.post(blog, f"Yazı {number}", days=number)

    first, last = html(client, "/blog/"), html(client, "/blog/", page=2)

    assert (first.count("post-row__words"), last.count("post-row__words")) == (10, 2)
    for odd in ("0", "99", "x", "-1"):
        assert html(client, "/blog/", page=odd).count("post-row__words") in (10, 2)


def test_a_list_costs_the_same_for_one_post_and_twenty(blog, client):
    def add(number: int) -> None:
        page = make.post(
            blog,
            f"Yazı {number}",
            tags=("Kedi", "Bakım"),
            cover=make.image(),
            cover_alt="Kapak",
            author=writer,
        )
        make.bare_announcement(page)

    writer = make.author(blog.locale)
    add(0)
    paths = ("/blog/", "/blog/etiket/kedi/", "/duyurular/", "/blog/atom.xml", "/blog/resmi/atom.xml")
    for path in paths:
        html(client, path)
    few = [cost(client, path) for path in paths]
    for number in range(1, 9):
        add(number)
    for path in paths:
        html(client, path)

    many = [cost(client, path) for path in paths]

    assert many == few
    assert max(many) <= 21, many


# --- What stays inside --------------------------------------------------------------------


@pytest.fixture
def hidden(blog) -> list[PostPage]:
    """A draft, one that waits for its hour, one that is over and one with a password; all marked official."""
    draft = make.draft(blog, "Gizli taslak", official=True)
    later = make.draft(blog, "Gizli zamanlı", official=True, go_live_at=timezone.now() + timedelta(days=1))
    later.save_revision().publish()
    over = make.post(blog, "Gizli bitmiş", live=False, expired=True)
    closed = make.post(blog, "Gizli kilitli")
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="kilit")
    pages = [draft, later, over, closed]
    for page in pages:
        page.tags.add("Kedi")
        page.save()
    return pages


@pytest.mark.parametrize(
    "path",
    [
        "/blog/",
        "/blog/etiket/kedi/",
        "/duyurular/",
        "/blog/atom.xml",
        "/blog/etiket/kedi/atom.xml",
        "/blog/resmi/atom.xml",
        "/sitemap.xml",
        "/yardim/ara/?q=gizli",
        "/api/content/v2/pages/?type=blog.PostPage",
        "/api/content/v2/pages/?type=blog.PostPage&search=gizli",
        "/api/content/v2/pages/?type=blog.PostPage&tag=kedi",
        "/",
    ],
)
def test_what_is_not_public_appears_nowhere(blog, hidden, client, path):
    make.post(blog, "Açık yazı", tags=("Kedi",))

    assert "Gizli " not in html(client, path)


def test_what_is_not_public_has_no_page_either(hidden, client):
    for page in hidden[:3]:
        assert client.get(page.url).status_code == 404
    assert "Gizli kilitli" not in html(client, hidden[3].url)


# --- Tags ---------------------------------------------------------------------------------


def test_a_tag_has_an_address_in_plain_letters(blog, client):
    make.post(blog, "Tüy bakımı", tags=("Kış bakımı",))
    make.post(blog, "Başka yazı")

    body = html(client, "/blog/etiket/kis-bakimi/")

    assert "Tüy bakımı" in body
    assert "Başka yazı" not in body
    assert 'href="/blog/etiket/kis-bakimi/" aria-current="true"' in body


def test_a_tag_of_signs_only_has_an_address_too(db):
    assert [make.tag("!!!").slug, make.tag("???").slug] == ["etiket", "etiket-1"]


def test_a_tag_is_one_whatever_its_case(blog):
    make.post(blog, "Bir", tags=("Kedi",))
    make.post(blog, "İki", tags=("kedi",))

    assert BlogTag.objects.count() == 1


def test_an_unknown_tag_is_not_found_and_an_unused_one_is_empty(blog, client):
    make.tag("Boş")

    assert client.get("/blog/etiket/yok/").status_code == 404
    body = html(client, "/blog/etiket/bos/")
    assert "Bu konuda yazı yok" in body
    assert 'content="noindex"' in body


def test_english_readers_see_english_tag_names(blog, english, client):
    kedi = make.tag("Kedi", english="Cats")
    page = make.post(english, "A post")
    page.tags.add(kedi)
    page.save()

    body = html(client, "/en/blog/etiket/kedi/")

    assert "<h1>Cats</h1>" in body
    assert "1 post on this subject" in body


# --- One post -----------------------------------------------------------------------------


def test_a_post_shows_its_cover_author_dates_and_tags(blog, client):
    writer = make.author(blog.locale, "Bakım masası")
    page = make.post(
        blog,
        "Yazı",
        days=9,
        author=writer,
        cover=make.image(),
        cover_alt="Uyuyan kedi",
        tags=("Kedi",),
        last_published_at=timezone.now(),
    )

    body = html(client, page.url)

    assert 'alt="Uyuyan kedi"' in body
    assert "Bakım masası" in body
    assert "Metinleri yazar" in body
    assert 'href="/blog/etiket/kedi/"' in body
    assert "Son güncelleme" in body
    assert 'property="og:type" content="article"' in body
    assert re.search(r'property="og:image" content="http[^"]+/images/', body)


def test_search_engines_read_what_a_post_is(blog, client):
    page = make.post(blog, 'Başlık </script><b>"', summary="Özet.", tags=("Kedi",))

    body = html(client, page.url)

    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', body)[1])
    assert (data["@type"], data["headline"]) == ("BlogPosting", 'Başlık </script><b>"')
    assert data["keywords"] == ["Kedi"]
    assert data["datePublished"] == page.first_published_at.isoformat()
    assert f'<link rel="canonical" href="{page.full_url}">' in body


def test_a_post_names_its_translation(blog, english, client):
    page = make.post(blog, "Yazı")
    twin = make.post(english, "Post", translation_key=page.translation_key)

    body = html(client, page.url)

    assert f'<link rel="alternate" hreflang="en" href="{twin.full_url}">' in body
    assert page.full_url in html(client, "/sitemap.xml")


def test_the_editors_choice_comes_before_shared_tags(blog, english):
    page = make.post(blog, "Yazı", tags=("Kedi", "Bakım"))
    near = make.post(blog, "İki etiketi ortak", tags=("Kedi", "Bakım"), days=5)
    far = make.post(blog, "Bir etiketi ortak", tags=("Kedi",), days=1)
    chosen = make.post(blog, "Seçilen")
    assert PostPage.objects.get(pk=page.pk).related == [near, far]

    RelatedPost.objects.create(page=page, post=chosen)

    assert PostPage.objects.get(pk=page.pk).related == [chosen]
    twin = make.post(english, "Chosen", translation_key=chosen.translation_key)
    translated = make.post(english, "Post", translation_key=page.translation_key)
    RelatedPost.objects.create(page=translated, post=chosen)
    assert translated.related == [twin]


def test_reading_time_is_never_zero():
    assert [minutes_for(""), minutes_for("bir " * 180), minutes_for("bir " * 181)] == [1, 1, 2]


def test_a_cover_needs_words_for_those_who_do_not_see_it(blog):
    with pytest.raises(ValidationError) as refused:
        make.post(blog, "Yazı", cover=make.image())

    assert list(refused.value.message_dict) == ["cover_alt"]


@pytest.mark.parametrize("slug", ["etiket", "resmi"])
def test_no_post_can_hide_the_blogs_own_addresses(blog, slug):
    with pytest.raises(ValidationError, match="slug"):
        make.post(blog, "Yazı", slug=slug)


@pytest.mark.parametrize(
    "path",
    ["/blog/?page=%00", "/blog/etiket/%00/", "/blog/etiket/" + "a" * 3000 + "/", "/duyurular/?page=1e9"],
)
def test_odd_addresses_never_break_it(blog, client, path):
    assert client.get(path).status_code in (200, 400, 404)


@pytest.mark.parametrize("path", ["/duyurular/", "/blog/atom.xml", "/blog/etiket/kedi/"])
def test_nobody_posts_to_it(blog, client, path):
    make.tag("Kedi")

    assert client.post(path).status_code == 405


def test_without_a_blog_its_addresses_are_quiet(tree, client):
    make.tag("Kedi")

    assert client.get("/blog/atom.xml").status_code == 404
    assert client.get("/blog/etiket/kedi/").status_code == 404
    assert "Henüz duyuru yok" in html(client, "/duyurular/")
    assert 'href="/blog/"' not in html(client, "/")
