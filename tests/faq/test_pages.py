"""The help centre as readers get it."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext

from core.models import ProofResult
from tests.factories import faq

pytestmark = pytest.mark.django_db


def html(client, path: str, status: int = 200, **query) -> str:
    answer = client.get(path, query)
    assert answer.status_code == status
    return answer.content.decode()


def cost(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        html(client, path)
    return len(captured)


# --- The index ----------------------------------------------------------------------------


def test_every_answer_is_on_the_index_with_a_link_to_its_own_page(tree, client):
    pages = [faq.question(tree.category, f"Soru {number}", summary=f"Yanıt {number}.") for number in range(3)]

    body = html(client, tree.index.url)

    for page in pages:
        assert page.summary in body
        assert f'href="{page.url}"' in body


def test_a_deep_link_points_into_the_folded_answer(tree, client):
    """Browsers open a closed <details> by themselves when the anchor lies inside it, not on it."""
    faq.question(tree.category, "İade süreci", summary="Aynı gün.")

    body = html(client, tree.index.url)

    details = re.search(r"<details.*?</details>", body, re.S)[0]
    assert re.search(r"</summary>\s*<div [^>]*id=\"iade-sureci\"", details)
    assert " open" not in details.split(">")[0]


def test_the_date_of_the_last_update_is_shown(tree, client):
    updated = datetime.datetime(2026, 11, 19, 12, tzinfo=datetime.UTC)
    faq.question(tree.category, "Soru", last_published_at=updated)

    assert '<time datetime="2026-11-19">19 Kasım 2026</time>' in html(client, tree.index.url)


def test_the_index_with_500_questions_costs_as_much_as_with_16(tree, client):
    faq.make_questions(tree.category, 16)
    html(client, tree.index.url)  # fills the caches of sites and content types
    few = cost(client, tree.index.url)
    faq.make_questions(tree.category, 484)

    assert cost(client, tree.index.url) == few <= 15


def test_an_audience_sees_its_own_answers_and_those_for_everyone(tree, client):
    for title, audiences in (("Herkese", []), ("Kliniğe", ["clinic"]), ("Ebeveyne", ["owner"])):
        faq.question(tree.category, title, audiences=audiences)

    body = html(client, tree.index.url, audience="clinic")

    assert "Herkese" in body
    assert "Kliniğe" in body
    assert "Ebeveyne" not in body
    assert re.search(
        r'href="\?audience=clinic"[^>]*aria-current="true"|audience=clinic"\s+aria-current="true"', body
    )


def test_an_unknown_audience_shows_everything(tree, client):
    faq.question(tree.category, "Ebeveyne", audiences=["owner"])

    assert "Ebeveyne" in html(client, tree.index.url, audience="' OR 1=1")


def test_popular_searches_lead_to_the_search(tree, client):
    tree.index.popular_searches = "iade süresi\nşifre & kod"
    tree.index.save()

    body = html(client, tree.index.url)

    assert 'href="/yardim/ara/?q=iade%20s%C3%BCresi"' in body
    assert 'href="/yardim/ara/?q=%C5%9Fifre%20%26%20kod"' in body


def test_a_seal_appears_only_with_fresh_results(tree, client):
    faq.question(tree.category, "Soru", claims=["faq.two_clicks"])
    words = gettext("Verified live")
    assert words not in html(client, tree.index.url)
    ProofResult.objects.create(code="faq.two_clicks", state="ok", public="…", checked_at=timezone.now())

    assert words in html(client, tree.index.url)


# --- Category and question ----------------------------------------------------------------


def test_a_question_shows_the_whole_answer_with_its_facts(tree, client):
    other = faq.question(tree.category, "İlgili soru")
    page = faq.question(
        tree.category,
        "Soru",
        summary="Kısa yanıt.",
        body=json.dumps(
            [
                {"type": "heading", "value": "Ara başlık"},
                {"type": "text", "value": "<p>Uzun <b>yanıt</b></p>"},
                {"type": "steps", "value": ["<p>Önce bunu yap</p>"]},
                {"type": "notice", "value": {"tone": "warn", "text": "<p>Dikkat et</p>"}},
                {"type": "live", "value": "faq.contents"},
            ]
        ),
        responsible="Destek ekibi",
        review_due=datetime.date(2027, 1, 15),
    )
    faq.relate(page, other)

    body = html(client, page.url)

    for words in ("Kısa yanıt.", "<h2>Ara başlık</h2>", "Uzun <b>yanıt</b>", "Önce bunu yap", "Dikkat et"):
        assert words in body
    assert "15 Ocak 2027" in body
    assert "Destek ekibi" in body
    assert f'href="{other.url}"' in body
    assert body.count("<h1") == 1
    assert f'<a href="{tree.category.url}">Genel bilgiler</a>' in body


def test_a_question_costs_the_same_whatever_it_is_related_to(tree, client):
    pages = [faq.question(tree.category, f"Soru {number}") for number in range(5)]
    html(client, pages[0].url)
    faq.relate(pages[0], pages[1])
    few = cost(client, pages[0].url)
    faq.relate(pages[1], *(pages[0], *pages[2:]))

    assert cost(client, pages[1].url) == few <= 20


def test_a_category_lists_its_questions_with_short_answers(tree, client):
    faq.question(tree.category, "Soru", summary="Kısa yanıt.")

    body = html(client, tree.category.url)

    assert "Kısa yanıt." in body
    assert f'href="{tree.index.url}"' in body


def test_structured_data_cannot_break_out_of_its_block(tree, client):
    page = faq.question(tree.category, "</script><b>Soru</b>", slug="soru", summary="A & B")

    body = html(client, page.url)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', body, re.S)[1]

    assert json.loads(data)["mainEntity"][0]["name"] == "</script><b>Soru</b>"


def test_a_full_category_shows_its_first_questions_and_the_way_to_all(tree, client):
    faq.make_questions(tree.category, 60)

    index = html(client, tree.index.url)
    first, second = html(client, tree.category.url), html(client, tree.category.url, page="2")

    assert index.count('<details class="accordion"') == 8
    assert re.search(rf'href="{tree.category.url}">[^<]*\(60\)', index)
    assert (first.count('<details class="accordion"'), second.count('<details class="accordion"')) == (50, 10)
    assert 'href="?page=2"' in first


def test_a_category_with_500_questions_costs_as_much_as_with_16(tree, client):
    faq.make_questions(tree.category, 16)
    html(client, tree.category.url)
    few = cost(client, tree.category.url)
    faq.make_questions(tree.category, 484)

    assert cost(client, tree.category.url) == few <= 17


@pytest.mark.parametrize("page", ["0", "-1", "x", "999", "9" * 40])
def test_a_strange_page_number_shows_a_page(tree, client, page):
    faq.question(tree.category, "Soru")

    assert "Soru" in html(client, tree.category.url, page=page)


def test_an_anchor_that_is_not_on_the_page_leads_to_its_answer(tree, english, client):
    page = faq.question(tree.category, "İade süreci")
    faq.question(english.category, "Refund", slug="iade-sureci")

    assert 'data-answers="/yardim/ara/git/x/"' in html(client, tree.index.url)
    assert client.get("/yardim/ara/git/iade-sureci/").url == page.url
    assert client.get("/en/yardim/ara/git/iade-sureci/").url.startswith("/en/")
    html(client, "/yardim/ara/git/yok/", status=404)


def structured(body: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', body, re.S)[1])


def test_lists_tell_machines_what_they_show_and_not_more(tree, client):
    faq.make_questions(tree.category, 60)

    index, category = structured(html(client, tree.index.url)), structured(html(client, tree.category.url))

    assert (index["@type"], len(index["mainEntity"]), len(category["mainEntity"])) == ("FAQPage", 8, 50)
    first = category["mainEntity"][0]
    assert (first["@type"], first["acceptedAnswer"]["text"]) == ("Question", "1. sorunun kısa yanıtı.")


def test_an_empty_list_has_no_structured_data(tree, client):
    assert "ld+json" not in html(client, tree.index.url)


def test_every_kind_of_page_has_a_preview_for_links(tree, english, client, settings):
    page = faq.question(tree.category, "Soru", summary="Kısa yanıt.")
    faq.question(english.category, "Question", translation_key=page.translation_key)

    for address, kind in ((page.url, "article"), (tree.category.url, "website"), (tree.index.url, "website")):
        found = dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)">', html(client, address)))
        assert found["type"] == kind
        assert found["image"] == f"{settings.BASE_URL}/static/img/preview.png"
        assert (found["locale"], found["locale:alternate"]) == ("tr_TR", "en_GB")
        assert {"title", "description", "url", "image:alt"} <= found.keys()


# --- Languages ----------------------------------------------------------------------------


def test_each_language_has_its_own_tree(tree, english, client):
    faq.question(tree.category, "Türkçe soru")
    faq.question(english.category, "English question")

    body = html(client, english.index.url)

    assert english.index.url == "/en/yardim-en/"
    assert '<html lang="en"' in body
    assert "English question" in body
    assert "Türkçe soru" not in body


@pytest.mark.parametrize(
    "path", ["/de/", "/de/yardim/", "/yardim/yok-boyle/", "/yardim/genel-bilgiler/yok/", "/en/yok/"]
)
def test_what_is_not_there_is_a_404_page(tree, english, client, path):
    html(client, path, status=404)


@pytest.mark.parametrize(("path", "language"), [("/yok/", "tr"), ("/en/nothing/", "en"), ("/de/", "tr")])
def test_a_404_speaks_the_readers_language(tree, english, client, path, language):
    assert f'<html lang="{language}"' in html(client, path, status=404)


# --- The search page ----------------------------------------------------------------------


def test_search_shows_hits_with_marks_and_keeps_robots_out(tree, client):
    page = faq.question(tree.category, "Şifremi unuttum", summary="Kodu yaz.")

    answer = client.get("/yardim/ara/", {"q": "sifre"})
    body = answer.content.decode()

    assert answer["X-Robots-Tag"] == "noindex"
    assert f'<a href="{page.url}"><mark>Şifremi</mark> unuttum</a>' in body
    assert 'value="sifre"' in body


def test_an_empty_search_shows_a_way_on(tree, client):
    body = html(client, "/yardim/ara/", q="zürafa")

    assert f'href="{tree.category.url}"' in body


def test_a_mistyped_search_offers_the_right_word(tree, client):
    faq.question(tree.category, "Komisyon oranları")

    assert 'href="?q=komisyon"' in html(client, "/yardim/ara/", q="komsiyon")


def test_many_hits_come_in_pages(tree, client):
    faq.make_questions(tree.category, 25)

    first, last = html(client, "/yardim/ara/", q="mama"), html(client, "/yardim/ara/", q="mama", page="3")

    assert first.count('class="rule search-hit"') == 10
    assert last.count('class="rule search-hit"') == 5


def test_search_in_english_answers_in_english(tree, english, client):
    page = faq.question(english.category, "Refund")

    assert f'href="{page.url}"' in html(client, "/en/yardim/ara/", q="refunds")


def test_a_search_page_costs_the_same_for_one_hit_and_many(tree, client):
    faq.make_questions(tree.category, 1)
    html(client, "/yardim/ara/", q="mama")
    few = cost(client, "/yardim/ara/?q=mama")
    faq.make_questions(tree.category, 40)

    assert cost(client, "/yardim/ara/?q=mama") == few <= 13


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "q=%20",
        "q=!!!",
        "q=" + "a" * 10_000,
        "q=%27%3B+DROP+TABLE+x%3B--",
        "q=%3Cscript%3Ealert(1)%3C/script%3E",
        "q=a&page=-1",
        "q=a&page=99999999999999999999",
        "q=a&page=x",
        "q=a&audience=x",
        "q=%E2%98%83",
        "q=%FF%FE",
    ],
)
def test_search_answers_kindly_whatever_is_typed(tree, client, query):
    faq.question(tree.category, "Soru")

    body = client.get(f"/yardim/ara/?{query}")

    assert body.status_code == 200
    assert "<script>alert" not in body.content.decode()


def test_a_nul_byte_is_refused_kindly(tree, client):
    assert client.get("/yardim/ara/?q=%00").status_code == 400


def test_nobody_posts_to_the_search(tree, client):
    assert client.post("/yardim/ara/", {"q": "x"}).status_code == 405
