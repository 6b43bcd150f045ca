"""The choice of cookies: off until someone says yes, as easy to refuse as to accept, and taken back."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from legal import cookies
from tests.factories import legal

pytestmark = pytest.mark.django_db
ADDRESS = "/hukuki/cerez-tercihleri/"
OURS = {"headers": {"sec-fetch-site": "same-origin"}}


def choose(client: Client, **answer):
    return client.post(ADDRESS, answer, **OURS)


def choice(client: Client) -> cookies.Choice:
    return cookies.choice(client.get(ADDRESS).wsgi_request)


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        ({"answer": "reject"}, False),
        ({"answer": "reject", "allow": "preferences"}, False),
        ({"answer": "accept"}, True),
        ({"answer": "chosen"}, False),
        ({"answer": "chosen", "allow": "preferences"}, True),
        ({"answer": "chosen", "allow": ["preferences", "x" * 10_000]}, True),
        ({"answer": "chosen", "allow": "marketing"}, False),
        ({}, False),
    ],
)
def test_only_what_was_chosen_is_allowed(client, answer, allowed):
    response = choose(client, **answer)

    assert response.status_code == 302
    assert choice(client).is_made
    assert choice(client).allows("preferences") == allowed
    assert choice(client).allows("necessary")


def test_without_a_choice_everything_optional_is_off(client):
    assert choice(client) == cookies.Choice()


@pytest.mark.parametrize("value", ["", "x", "00000000.1.preferences", "9" * 5000, "%s.-5.preferences"])
def test_a_forged_or_old_choice_is_none(client, value):
    client.cookies[cookies.COOKIE] = value.replace("%s", cookies.version()).encode("ascii", "ignore").decode()

    assert not choice(client).is_made


def test_a_choice_ends_after_six_months(client):
    with time_machine.travel("2026-11-24T12:00:00Z", tick=False) as clock:
        choose(client, answer="accept")
        value = client.cookies[cookies.COOKIE].value
        clock.shift(cookies.LIFE - 1)
        client.cookies[cookies.COOKIE] = value
        assert choice(client).is_made
        clock.shift(1)
        assert not choice(client).is_made


def test_a_changed_registry_asks_again(client, monkeypatch):
    choose(client, answer="accept")
    entry = cookies.Entry("history", "…", "…", cookies.Category.PREFERENCES)

    monkeypatch.setattr(cookies, "REGISTRY", [*cookies.REGISTRY, entry])

    assert not choice(client).is_made


def test_taking_back_deletes_what_was_allowed(client, monkeypatch):
    entry = cookies.Entry("history", "…", "…", cookies.Category.PREFERENCES)
    monkeypatch.setattr(cookies, "REGISTRY", [*cookies.REGISTRY, entry])
    choose(client, answer="accept")
    client.cookies["history"] = "7"

    response = choose(client, answer="reject")

    assert response.cookies["history"]["max-age"] == 0


@pytest.mark.parametrize(
    "headers",
    [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://kotu.example"}, {"origin": "null"}],
)
def test_a_foreign_page_cannot_choose(client, headers):
    response = Client(headers=headers).post(ADDRESS, {"answer": "accept"})

    assert response.status_code == 403
    assert cookies.COOKIE not in response.cookies


@pytest.mark.parametrize(
    ("wanted", "way"),
    [
        ("/yardim/?a=b", "/yardim/?a=b"),
        ("https://kotu.example/", ADDRESS),
        ("//kotu.example/", ADDRESS),
        ("/\\kotu.example/", ADDRESS),
        ("javascript:alert(1)", ADDRESS),
        ("", ADDRESS),
    ],
)
def test_the_way_on_stays_with_us(client, wanted, way):
    assert choose(client, answer="reject", next=wanted)["Location"] == way


@time_machine.travel("2026-11-24T12:00:00+03:00", tick=False)
def test_pages_stay_the_same_for_everyone(tree, client):
    """The banner stands on every page, whatever was chosen, and sets nothing."""
    first = client.get(tree.index.url)
    choose(client, answer="accept", next="/")
    second = client.get(tree.index.url)

    def without_nonce(answer):
        return re.sub(r'nonce="[^"]*"', "", answer.content.decode())

    assert not first.cookies
    assert without_nonce(first) == without_nonce(second)
    assert "data-cookie-banner" in first.content.decode()


def test_refusing_looks_like_accepting_and_nothing_is_ticked(tree, client):
    body = client.get(tree.index.url).content.decode()
    banner = re.search(r'<section class="cookie-banner".*?</section>', body, re.S)[0]

    buttons = re.findall(
        r'<button class="(button[^"]*)" type="submit" name="answer" value="(accept|reject)"', banner
    )
    assert len({look for look, _ in buttons}) == 1
    assert "checked" not in banner


def test_the_page_shows_every_entry_and_the_document(section, client):
    legal.publish(legal.document(section, key="cerezler", title="Çerez politikası"))

    body = client.get(ADDRESS).content.decode()

    for entry in cookies.REGISTRY:
        assert f"<code>{entry.name}</code>" in body
    assert 'href="/hukuki/cerezler/"' in body
    assert "noindex" in body


def test_every_cookie_of_the_settings_is_registered(settings):
    for name in (
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
        settings.OSCAR_BASKET_COOKIE_OPEN,
        "messages",
        "device",
        "__Host-device",
    ):
        assert cookies.find(name), name
    assert cookies.find("_ga") is None


def test_english_has_its_own_address(client):
    assert reverse("legal:cookies") == ADDRESS
    assert client.get(f"/en{ADDRESS}").status_code == 200
