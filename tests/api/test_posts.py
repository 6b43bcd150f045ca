"""Posts in the content API."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog import services
from tests.factories import blog as make

pytestmark = pytest.mark.django_db
PAGES = "/api/content/v2/pages/"


@pytest.fixture
def blog(tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make.index(tree.home)


@pytest.fixture
def posts(client):
    return lambda **query: client.get(PAGES, {"type": "blog.PostPage", **query})


def titles(answer) -> list[str]:
    return [item["title"] for item in answer.json()["items"]]


def test_a_post_comes_with_everything_a_front_end_shows(blog, posts):
    page = make.post(
        blog,
        "Yazı",
        summary="Özet.",
        tags=("Kış bakımı",),
        author=make.author(blog.locale),
        cover=make.image(),
        cover_alt="Uyuyan kedi",
        audiences=["clinic"],
    )

    (item,) = posts(fields="*", locale="tr").json()["items"]

    assert (item["id"], item["summary"], item["reading_minutes"]) == (page.pk, "Özet.", 1)
    assert item["author"] == {"name": "Yayın ekibi", "role": "Metinleri yazar"}
    assert item["tags"] == [{"slug": "kis-bakimi", "name": "Kış bakımı"}]
    assert item["cover"]["alt"] == "Uyuyan kedi"
    assert item["cover"]["url"].startswith("http")
    assert (item["official"], item["retracted"], item["retraction"]) == (False, False, None)
    assert item["audiences"] == ["clinic"]


def test_a_bare_post_has_no_cover_and_no_author(blog, client):
    page = make.post(blog, "Yazı")

    item = client.get(f"{PAGES}{page.pk}/").json()

    assert (item["cover"], item["author"], item["tags"]) == (None, None, [])


def test_a_retraction_is_told(blog, client):
    page = make.announced(blog)
    services.retract(post=page, notes={"tr": "Yanlıştı."}, by=None, now=timezone.now())

    item = client.get(f"{PAGES}{page.pk}/").json()

    assert (item["official"], item["retracted"], item["retraction"]["note"]) == (True, True, "Yanlıştı.")


def test_posts_are_found_by_tag_and_by_mark(blog, posts):
    make.post(blog, "Kedi yazısı", tags=("Kedi",))
    make.announced(blog, "Duyuru")

    assert titles(posts(tag="kedi")) == ["Kedi yazısı"]
    assert titles(posts(tag="yok")) == []
    assert titles(posts(official="true")) == ["Duyuru"]
    assert titles(posts(official="false")) == ["Kedi yazısı"]
    assert titles(posts(search="kedi")) == ["Kedi yazısı"]


def test_the_blog_itself_is_a_page(blog, client):
    assert titles(client.get(PAGES, {"type": "blog.BlogIndexPage"})) == ["Blog"]


@pytest.mark.parametrize(
    "query", ["tag=kedi", "type=faq.QuestionPage&tag=kedi", "type=blog.PostPage&official=maybe"]
)
def test_a_filter_that_does_not_fit_is_refused(blog, client, query):
    answer = client.get(f"{PAGES}?{query}")

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


@pytest.mark.parametrize("fields", ["", "*", "_,title,tags,cover,author,retracted"])
def test_twenty_posts_cost_as_many_queries_as_one(blog, posts, fields):
    writer = make.author(blog.locale)
    for number in range(6):
        page = make.post(
            blog, f"Yazı {number}", tags=("Kedi",), author=writer, cover=make.image(), cover_alt="Kapak"
        )
        if number % 2:
            make.bare_announcement(page)
    query = {"fields": fields} if fields else {}
    posts(limit=6, **query)

    counts = []
    for limit in (1, 6):
        with CaptureQueriesContext(connection) as captured:
            assert len(posts(limit=limit, **query).json()["items"]) == limit
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 14, counts
