"""Searches are counted by day and word; nothing personal is, and nobody drives a number up alone."""

from __future__ import annotations

import pytest
from django.utils import timezone

from faq import search_log
from faq.models import SearchLog, Tally
from faq.search import Terms
from tests.factories import faq

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def look(client, typed: str, path: str = "/yardim/ara/", **more):
    return client.get(path, {"q": typed, **more})


def test_the_same_words_on_one_day_are_one_row(tree, client):
    faq.question(tree.category, "Şifremi unuttum")

    for typed in ("Şifre", "sifre", "ŞİFRE", "şifre nasıl"):
        look(client, typed)

    row = SearchLog.objects.get()
    assert (row.query, row.shown, row.searches, row.results) == ("sifre", "Şifre", 4, 1)
    assert (row.day, row.locale) == (timezone.localdate(), "tr")


def test_what_found_nothing_whole_counts_as_no_result(tree, client):
    faq.question(tree.category, "Fatura")

    look(client, "fatura zürafa")

    assert SearchLog.objects.get().results == 0


def test_other_pages_and_empty_searches_are_not_counted(tree, client):
    look(client, "mama", page="2")
    look(client, "")
    look(client, "!!!")
    client.head("/yardim/ara/?q=mama")

    assert not SearchLog.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        "ayse@ornek.test",
        "ayse @ ornek",
        "0532 118 04 62",
        "5321180462",
        "10000000146",
        "4111 1111 1111 1111",
        "TR33 0006 1005 1978 6457 8413 26",
        "34 1234567",
        "a" * 81,
    ],
)
def test_what_may_be_personal_is_not_counted(tree, client, typed):
    look(client, typed)

    assert not SearchLog.objects.exists()


def test_the_page_stands_when_the_log_does_not(tree, client, monkeypatch):
    monkeypatch.setattr(search_log, "COUNT", "SELECT no_such_thing()")
    assert look(client, "mama").status_code == 200
    assert not SearchLog.objects.exists()


def open_hit(client, typed: str, page, headers=OURS, **more):
    return client.post("/yardim/ara/tik/", {"q": typed, "page": page.pk}, **headers, **more)


def test_an_opened_hit_counts_for_search_and_answer(tree, client):
    page = faq.question(tree.category, "Şifremi unuttum")
    look(client, "şifre")

    assert open_hit(client, "Şifre", page).status_code == 204

    assert SearchLog.objects.get().clicks == 1
    assert Tally.objects.get(page=page).asked == 1


def test_one_place_counts_once_a_day_for_an_answer(tree, client):
    page = faq.question(tree.category, "Şifremi unuttum")
    look(client, "şifre")

    for _ in range(3):
        open_hit(client, "şifre", page)
    open_hit(client, "şifre", page, REMOTE_ADDR="10.0.0.9")

    assert Tally.objects.get(page=page).asked == 2


def test_a_click_without_a_search_counts_nothing(tree, client):
    page = faq.question(tree.category, "Şifremi unuttum")

    assert open_hit(client, "hiç aranmadı", page).status_code == 204
    assert not Tally.objects.exists()


@pytest.mark.parametrize(
    ("page", "status"), [("x", 400), ("", 400), ("9" * 30, 400), ("٣", 400), ("99999999", 404)]
)
def test_a_strange_click_is_refused(tree, client, page, status):
    answer = client.post("/yardim/ara/tik/", {"q": "a", "page": page}, **OURS)
    assert answer.status_code == status


def test_other_sites_do_not_click_here(tree, client):
    page = faq.question(tree.category, "Soru")

    assert open_hit(client, "soru", page, {"HTTP_SEC_FETCH_SITE": "cross-site"}).status_code == 403
    assert client.get("/yardim/ara/tik/").status_code == 405


def test_hits_carry_what_the_beacon_sends(tree, client):
    page = faq.question(tree.category, "Şifremi unuttum")

    body = look(client, "sifre").content.decode()

    assert f'data-hit="{page.pk}"' in body
    assert 'data-query="sifre" data-click="/yardim/ara/tik/"' in body


def log(query: str, **fields) -> None:
    fields = {"day": timezone.localdate(), "locale": "tr", "results": 1, "searches": 20, "clicks": 2} | fields
    SearchLog.objects.create(query=query, shown=query.title(), **fields)


def test_what_many_searched_stands_in_for_the_editors_choice(tree, client):
    log("pasaport", searches=30)
    log("mama")
    log("az aranan", searches=9)
    log("bulunamayan", results=0)
    log("tiklanmayan", clicks=0)
    log("english", locale="en")

    assert search_log.popular("tr") == ["Pasaport", "Mama"]
    assert "?q=Pasaport" in client.get(tree.index.url).content.decode()
    tree.index.popular_searches = "iade"
    tree.index.save()
    assert "?q=Pasaport" not in client.get(tree.index.url).content.decode()


def test_what_is_kept_is_cut_to_what_fits():
    terms = Terms.read("kedi " * 100)
    search_log.note(terms, language="tr", results=0)

    assert not SearchLog.objects.exists()
