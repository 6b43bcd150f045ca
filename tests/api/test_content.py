"""The content API: what it tells, how it is cached, how it refuses."""

from __future__ import annotations

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import live, proofs
from tests.factories import faq

pytestmark = pytest.mark.django_db

PAGES = "/api/content/v2/pages/"


@pytest.fixture
def ask(client):
    """Ask for questions; parameters go into the query."""

    def get(path: str = PAGES, headers: dict | None = None, **query):
        return client.get(path, query, headers=headers or {})

    return get


@pytest.fixture
def questions(ask):
    return lambda **query: ask(type="faq.QuestionPage", **query)


def titles(answer) -> list[str]:
    return [item["title"] for item in answer.json()["items"]]


# --- What it tells ------------------------------------------------------------------------


def test_a_question_comes_with_everything_a_front_end_shows(tree, questions):
    other = faq.question(tree.category, "Öteki")
    page = faq.question(
        tree.category,
        "Şifremi unuttum",
        summary="Kodu yaz.",
        audiences=["clinic"],
        claims=["faq.two_clicks"],
        review_due=datetime.date(2027, 2, 1),
        body=json.dumps([{"type": "steps", "value": ["<p>Bir</p>"]}, {"type": "heading", "value": "Başlık"}]),
    )
    faq.relate(page, other)

    item = next(item for item in questions(fields="*", locale="tr").json()["items"] if item["id"] == page.pk)

    assert item["summary"] == "Kodu yaz."
    assert item["category"] == {"id": tree.category.pk, "slug": "genel-bilgiler", "title": "Genel bilgiler"}
    assert item["related"] == [{"id": other.pk, "slug": "oteki", "title": "Öteki"}]
    assert (item["audiences"], item["claims"], item["review_due"]) == (
        ["clinic"],
        ["faq.two_clicks"],
        "2027-02-01",
    )
    assert item["updated_at"].startswith(timezone.localtime(page.last_published_at).isoformat()[:19])
    assert [(block["type"], block["value"]) for block in item["body"]] == [
        ("steps", ["<p>Bir</p>"]),
        ("heading", "Başlık"),
    ]
    assert item["meta"]["locale"] == "tr"


def test_texts_are_html_with_resolved_links(tree, ask):
    target = faq.question(tree.category, "Hedef")
    body = faq.rich(f'Bak: <a linktype="page" id="{target.pk}">hedef</a>')
    page = faq.question(tree.category, "Kaynak", body=body)

    value = ask(f"{PAGES}{page.pk}/").json()["body"][0]["value"]

    assert value == f'<p>Bak: <a href="{target.url}">hedef</a></p>'


def test_live_blocks_come_as_data_in_the_language_of_the_page(tree, english, ask):
    page = faq.question(
        english.category, "Contents", body=json.dumps([{"type": "live", "value": "faq.contents"}])
    )

    value = ask(f"{PAGES}{page.pk}/").json()["body"][0]["value"]

    assert value["code"] == "faq.contents"
    assert [(row["url"], row["answers"]) for row in value["data"]["categories"]] == [
        (english.category.url, 1)
    ]


def test_a_live_block_whose_room_is_gone_has_no_data(tree, ask, monkeypatch):
    page = faq.question(tree.category, "Canlı", body=json.dumps([{"type": "live", "value": "faq.contents"}]))
    monkeypatch.setattr(live, "_blocks", {})

    assert ask(f"{PAGES}{page.pk}/").json()["body"][0]["value"] == {
        "code": "faq.contents",
        "title": "",
        "data": None,
        "html": "",
    }


def test_languages_are_told_apart(tree, english, questions):
    faq.question(tree.category, "Soru")
    faq.question(english.category, "Question")

    assert titles(questions(locale="tr")) == ["Soru"]
    assert titles(questions(locale="en")) == ["Question"]


def test_an_audience_gets_its_own_answers_and_those_for_everyone(tree, questions):
    for title, audiences in (("herkes", []), ("klinik", ["clinic"]), ("ebeveyn", ["owner"])):
        faq.question(tree.category, title, audiences=audiences)

    assert titles(questions(audience="clinic")) == ["herkes", "klinik"]


def test_a_category_is_named_by_its_slug(tree, questions):
    other = faq.category(tree.index, "Ödeme")
    faq.question(tree.category, "Genel soru")
    faq.question(other, "Ödeme sorusu")

    assert titles(questions(category="odeme")) == ["Ödeme sorusu"]
    assert titles(questions(category="yok-boyle")) == []


def test_drafts_stay_inside(tree, ask, questions):
    draft = faq.question(tree.category, "Taslak", live=False)

    assert titles(questions()) == []
    assert ask(f"{PAGES}{draft.pk}/").status_code == 404


def test_a_page_is_found_by_its_path(tree, ask):
    page = faq.question(tree.category, "Soru")

    answer = ask(f"{PAGES}find/", html_path=page.url)

    assert answer.status_code == 302
    assert answer["Location"].split("?")[0].endswith(f"{PAGES}{page.pk}/")


def test_search_finds_folded_turkish(tree, questions):
    faq.question(tree.category, "Şifremi unuttum", summary="Kodu yaz.")
    faq.question(tree.category, "Fatura")

    assert titles(questions(search="sifre", locale="tr")) == ["Şifremi unuttum"]


def test_images_have_an_endpoint(tree, ask):
    assert ask("/api/content/v2/images/").json() == {"meta": {"total_count": 0}, "items": []}


# --- What it costs ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "most"), [("", 6), ("*", 12), ("_,title,body", 8), ("_,title,category,related", 8)]
)
def test_twenty_questions_cost_as_many_queries_as_one(tree, questions, fields, most):
    linked = faq.question(tree.category, "Hedef")
    faq.make_questions(tree.category, 20, body=faq.rich(f'<a linktype="page" id="{linked.pk}">bak</a>'))
    query = {"fields": fields} if fields else {}
    questions(limit=1, offset=1, **query)  # fills the caches of content types and sites

    counts = []
    for limit in (1, 20):
        with CaptureQueriesContext(connection) as captured:
            assert len(questions(limit=limit, offset=1, **query).json()["items"]) == limit
        counts.append(len(captured))

    assert counts[0] == counts[1] <= most


def test_far_down_come_the_same_rows_in_the_same_order(tree, questions, monkeypatch):
    faq.make_questions(tree.category, 12)
    near = titles(questions(offset=5, limit=4, fields="*"))
    monkeypatch.setattr("api.endpoint.DEEP", 5)

    assert titles(questions(offset=5, limit=4, fields="*")) == near
    assert len(near) == 4


# --- How it is cached ---------------------------------------------------------------------


def test_an_unchanged_answer_is_not_sent_again(tree, questions):
    faq.question(tree.category, "Soru")
    first = questions()

    again = questions(headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert (
        again["Cache-Control"] == first["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    )


def test_a_changed_answer_is_sent(tree, questions):
    page = faq.question(tree.category, "Soru")
    first = questions()
    page.title = "Yeni soru"
    page.save()

    again = questions(headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_no_cookie_no_session_no_language_of_the_reader(tree, questions, client, ayse):
    """Everyone gets the same bytes, so a CDN may keep them."""
    faq.question(tree.category, "Soru")
    plain = questions(headers={"Accept-Language": "en"})
    client.force_login(ayse)

    signed_in = questions(headers={"Accept-Language": "tr"})

    assert plain.content == signed_in.content
    assert "Vary" not in signed_in
    assert not plain.cookies
    assert plain["Content-Language"] == "tr"


def test_any_web_page_may_read_it(tree, client):
    assert client.get(PAGES)["Access-Control-Allow-Origin"] == "*"
    plain = client.options(PAGES)
    assert (plain.status_code, plain["Allow"]) == (204, "GET, HEAD, OPTIONS")


# --- How it refuses -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "type=no.SuchPage",
        "type=accounts.User",
        "fields=password",
        "fields=((",
        "order=nonsense",
        "limit=-1",
        "limit=101",
        "limit=abc",
        "offset=-1",
        "offset=99999999999999999999",
        "child_of=abc",
        "child_of=99999999999999999999999",
        "translation_of=x",
        "audience=clinic",
        "type=faq.QuestionPage&audience=cats",
        "type=faq.QuestionPage&review_due=yesterday",
        "type=faq.QuestionPage&audiences=%7B",
        "first_published_at=abc",
        "locale=de",
        "locale_id=1",
        "unknown=1",
        "rich_text_format=pdf",
        "search=mama&search_operator=xor",
    ],
)
def test_broken_filters_are_refused_in_our_shape(tree, client, query):
    answer = client.get(f"{PAGES}?{query}")

    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/json"
    assert set(answer.json()) == {"code", "message", "fields"}
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Cache-Control" not in answer


@pytest.mark.parametrize("path", ["999999/", "find/?id=0", "find/?html_path=/yok/", "?format=html"])
def test_what_is_not_there_is_a_404_in_our_shape(tree, client, path):
    answer = client.get(PAGES + path)

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize("query", ["find/?id=abc", "find/?id=99999999999999999999"])
def test_a_strange_id_never_breaks_it(tree, client, query):
    assert client.get(PAGES + query).status_code in (400, 404)


@pytest.mark.parametrize(
    "query", ["search=%00", "title=%00", "search=" + "a" * 5000, "search='\"--;%3Cscript%3E"]
)
def test_hostile_words_never_break_it(tree, client, query):
    answer = client.get(f"{PAGES}?type=faq.QuestionPage&{query}")

    assert answer.status_code in (200, 400)
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes_through_it(tree, client, method):
    answer = getattr(client, method)(PAGES)

    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"


# --- Its proof ----------------------------------------------------------------------------


def test_the_proof_holds_while_api_and_pages_agree(tree):
    faq.question(tree.category, "Soru")

    assert proofs.examine("api.content").state == proofs.State.OK


def test_the_proof_fails_when_the_api_hides_an_answer(tree, monkeypatch):
    faq.question(tree.category, "Soru")
    monkeypatch.setattr("api.proofs._told", lambda language: 0)

    assert proofs.examine("api.content").state == proofs.State.FAILED
