"""What waits for a person stands before the panel, and only there."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.panel import registry
from legal import queries, services
from legal.models import Mode
from tests.factories import legal

pytestmark = pytest.mark.django_db
GATE = "/hukuki/onay/?next=%2Fpanel%2F"


@pytest.fixture
def terms(section):
    return legal.document(section, key="kosullar", title="Kullanım koşulları", mode=Mode.EXPLICIT)


@pytest.fixture
def notice(section):
    return legal.document(section, key="kvkk", title="KVKK aydınlatma metni", kind="notice")


def test_a_contract_that_waits_stands_before_the_panel(terms, ayse, client):
    version = legal.publish(terms)
    client.force_login(ayse)

    assert client.get("/panel/").url == GATE
    assert client.get("/en/panel/").url.startswith("/en/hukuki/onay/")
    answer = client.post(GATE, {"version": version.pk, "accepted": "yes", "next": "/panel/"})
    assert answer.url == "/panel/"
    assert client.get("/panel/").status_code == 200


def test_a_new_version_closes_the_panel_again(terms, ayse, client):
    old = legal.publish(terms)
    services.accept(user=ayse, version=old, context="signup", now=timezone.now())
    client.force_login(ayse)
    assert client.get("/panel/").status_code == 200

    legal.publish(terms, clauses=legal.clauses(iade_2="Yeni."))
    assert client.get("/panel/").url == GATE


def test_the_answer_is_not_kept_by_browsers(terms, ayse, client):
    legal.publish(terms)
    client.force_login(ayse)
    assert "no-store" in client.get("/panel/")["Cache-Control"]


def test_without_the_gate_nobody_is_stopped(terms, ayse, client, monkeypatch):
    monkeypatch.setattr(registry, "_checkpoints", [])
    legal.publish(terms)
    client.force_login(ayse)
    assert client.get("/panel/").status_code == 200


def test_a_visitor_is_asked_to_sign_in_first(terms, client):
    legal.publish(terms)
    assert client.get("/panel/").url == "/hesap/giris/?next=/panel/"


@pytest.mark.parametrize("address", ["/panel/ayarlar/", "/hesap/sifre/degistir/", "/hesap/cikis/"])
def test_who_does_not_accept_still_keeps_her_account_in_order(terms, ayse, client, address):
    legal.publish(terms)
    client.force_login(ayse)
    assert client.get(address).status_code == 200
    assert 'href="/hesap/"' in client.get(GATE).content.decode()


def test_news_is_a_bar_until_it_was_seen(notice, ayse, client):
    version = legal.publish(notice)
    client.force_login(ayse)

    body = client.get("/panel/").content.decode()
    assert "KVKK aydınlatma metni" in body
    assert 'href="/hukuki/onay/?next=%2Fpanel%2F"' in body

    assert client.post(GATE, {"seen": [version.pk], "next": "/panel/"}).url == "/panel/"
    assert "KVKK aydınlatma metni" not in client.get("/panel/").content.decode()


def test_the_panel_pays_one_query_for_one_document_and_for_twenty(
    section, terms, notice, ayse, client, monkeypatch
):
    client.force_login(ayse)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/panel/").status_code in (200, 302)
        return len(seen)

    legal.publish(notice)
    cost()
    one = cost()
    for number in range(19):
        key = f"metin-{number}"
        legal.publish(legal.document(section, key=key, kind="notice"))
    assert cost() == one
    with CaptureQueriesContext(connection) as seen:
        queries.waiting_for(ayse)
    assert len(seen) == 1
    monkeypatch.setattr(registry, "_checkpoints", [])
    others = [item for item in registry._bars if item[1].__module__ != "legal.panel"]
    monkeypatch.setattr(registry, "_bars", others)
    assert cost() == one - 1
