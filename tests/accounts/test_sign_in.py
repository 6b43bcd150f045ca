"""Sign-in: counted, the same answer for everybody, and never a way to another site."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from redis.exceptions import ConnectionError as Away

from accounts import views
from accounts.adapter import Adapter
from tests.conftest import PASSWORD

from .conftest import (
    CONFIRM,
    NEW,
    RESET,
    RESET_CODE,
    SIGN_IN,
    SIGN_UP,
    is_signed_in,
    plain,
    sign_in,
    sign_up,
)

WRONG = "yanlis bir cumle bu"


def test_right_password_leads_to_the_panel(client, ayse):
    assert sign_in(client, " AYSE@Ornek.test ", PASSWORD).url == "/panel/basla/"
    assert is_signed_in(client)


def test_stays_for_thirty_days_when_asked(client, ayse):
    sign_in(client, ayse.email, PASSWORD, remember="on")
    assert client.session.get_expiry_age() > 29 * 86400
    short = Client()
    sign_in(short, ayse.email, PASSWORD)
    assert short.session.get_expire_at_browser_close()


def test_unknown_address_and_wrong_password_look_alike(client, ayse):
    answers = [sign_in(Client(), email, WRONG) for email in (ayse.email, "kimse@ornek.test")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert plain(answers[0], ayse.email) == plain(answers[1], "kimse@ornek.test")
    assert "<title>Hata: " in answers[0].content.decode()
    assert WRONG not in answers[0].content.decode()


def test_unknown_address_costs_a_hash_too(client, ayse, monkeypatch):
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.base_user.make_password", lambda *args: hashed.append(args) or "!"
    )
    sign_in(client, "kimse@ornek.test", WRONG)
    assert len(hashed) == 1


def test_closed_account_is_told_so_only_with_the_password(client, ayse):
    ayse.is_active = False
    ayse.save()
    assert "birbirini tutmuyor" in sign_in(client, ayse.email, WRONG).content.decode()
    answer = sign_in(client, ayse.email, PASSWORD, follow=True)
    assert not is_signed_in(client)
    assert answer.url == "/hesap/kapali/"
    page = client.get("/hesap/kapali/")
    assert page.status_code == 403
    assert "Bu hesap kapalı" in page.content.decode()


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/hesap/", "/hesap/"),
        ("https://kotu.test/", "/panel/basla/"),
        ("//kotu.test/", "/panel/basla/"),
        ("/\\kotu.test/", "/panel/basla/"),
        ("javascript:alert(1)", "/panel/basla/"),
        ("http:///kotu.test", "/panel/basla/"),
    ],
)
def test_next_leads_only_inside(client, ayse, wanted, reached):
    assert sign_in(client, ayse.email, PASSWORD, next=wanted).url == reached


def test_next_survives_a_wrong_password_and_the_way_to_sign_up(client, ayse):
    body = client.post(f"{SIGN_IN}?next=/hesap/", {"login": ayse.email, "password": WRONG}).content.decode()
    assert '<input type="hidden" name="next" value="/hesap/">' in body
    assert f"{SIGN_UP}?next=%2Fhesap%2F" in body


def test_signed_in_people_are_not_led_in_circles(client, ayse):
    client.force_login(ayse)
    assert client.get(f"{SIGN_IN}?next=/yonetim/").url == "/panel/basla/"


@pytest.mark.parametrize(
    ("old", "ours"),
    [
        ("/yonetim/login/?next=/yonetim/", f"{SIGN_IN}?next=/yonetim/"),
        ("/yonetim/magaza/login/?next=/yonetim/magaza/", f"{SIGN_IN}?next=/yonetim/magaza/"),
        ("/yonetim/password_reset/", RESET),
        ("/yonetim/password_reset/confirm/x/y/", RESET),
        ("/magaza/hesap/giris/", SIGN_IN),
        ("/hesap/sifre/ilk/", RESET),
    ],
)
def test_the_back_offices_use_our_sign_in(client, db, old, ours):
    assert client.get(old).url == ours


@pytest.mark.parametrize("path", ["/magaza/accounts/login/", "/accounts/login/", "/hesap/reauthenticate/"])
def test_no_other_sign_in_is_mounted(client, db, path):
    assert client.get(path).status_code == 404


def try_from_everywhere(monkeypatch, email: str, times: int) -> list[int]:
    answers = []
    for number in range(times):
        monkeypatch.setattr(Adapter, "get_client_ip", lambda *_, n=number: f"10.0.{n}.1")
        answers.append(sign_in(Client(), email, WRONG).status_code)
    return answers


def test_wrong_passwords_are_counted_for_the_account(ayse, monkeypatch):
    answers = try_from_everywhere(monkeypatch, ayse.email, 25)
    assert answers == [200] * 20 + [429] * 5
    assert sign_in(Client(), ayse.email, PASSWORD).status_code == 429, "also with the right one"


def test_red_without_the_counter(ayse, monkeypatch, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": "1000/h/ip"}
    assert 429 not in try_from_everywhere(monkeypatch, ayse.email, 25)


def test_owner_still_signs_in_from_a_known_device(client, ayse, monkeypatch):
    sign_in(client, ayse.email, PASSWORD)
    client.post("/hesap/cikis/")
    try_from_everywhere(monkeypatch, ayse.email, 22)
    assert sign_in(client, ayse.email, PASSWORD).url == "/panel/basla/"


@pytest.mark.parametrize("cookie", ["", "abc", "abc:def:ghi"])
def test_a_made_up_device_is_nobodys(ayse, monkeypatch, cookie):
    try_from_everywhere(monkeypatch, ayse.email, 20)
    stranger = Client()
    stranger.cookies["device"] = cookie
    assert sign_in(stranger, ayse.email, PASSWORD).status_code == 429


def test_device_is_known_for_its_own_account_only(client, ayse, bora, monkeypatch):
    sign_in(client, bora.email, PASSWORD)
    client.post("/hesap/cikis/")
    try_from_everywhere(monkeypatch, ayse.email, 20)
    assert sign_in(client, ayse.email, PASSWORD).status_code == 429


def test_wrong_passwords_are_counted_for_the_address_of_the_network(person):
    people = [person(f"Kisi{number}", "Ak") for number in range(25)]
    answers = [sign_in(Client(), one.email, WRONG).status_code for one in people]
    assert answers[:20] == [200] * 20
    assert set(answers[20:]) == {429}


def test_a_reset_opens_a_locked_account(client, ayse, monkeypatch, code):
    try_from_everywhere(monkeypatch, ayse.email, 21)
    client.post(RESET, {"email": ayse.email})
    client.post(RESET_CODE, {"code": code()})
    client.post(NEW, {"password1": "sabah kahvesi ve kedi"})
    assert is_signed_in(client)
    assert sign_in(Client(), ayse.email, "sabah kahvesi ve kedi").url == "/panel/basla/"


def test_too_many_posts_are_answered_in_our_face(client, db):
    for _ in range(30):
        sign_in(client, "x", "y")
    answer = sign_in(client, "x", "y")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "3600"
    assert "Kısa sürede çok deneme oldu" in answer.content.decode()


FORMS = [SIGN_IN, SIGN_UP, RESET, CONFIRM, RESET_CODE]


@pytest.fixture
def no_limiter(monkeypatch):
    def away(*_, **__):
        raise Away("connection refused")

    for name in ("get", "add", "set", "incr"):
        monkeypatch.setattr(cache, name, away, raising=False)
        monkeypatch.setattr(type(cache._connections["default"]), name, away)


def test_without_the_limiter_forms_are_closed(client, ayse, no_limiter):
    answer = sign_in(client, ayse.email, PASSWORD)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    body = answer.content.decode()
    assert "saymadan şifre ya da kod kabul etmeyiz" in body
    assert PASSWORD not in body
    assert "_auth_user_id" not in client.session
    assert sign_up(client, "yeni@ornek.test").status_code == 503
    assert client.post(RESET, {"email": ayse.email}).status_code == 503


def test_red_without_the_guard(client, ayse, no_limiter):
    client.raise_request_exception = False
    unguarded = views.SignIn.as_view()
    with pytest.raises(Away):
        request = client.post(SIGN_IN, {"login": ayse.email, "password": PASSWORD}).wsgi_request
        unguarded(request)


def test_odd_input_is_answered(client, db):
    client.raise_request_exception = False
    for odd in ("a\0b", "x" * 10_000, "\u202e", "@", ""):
        for address, names in (
            (SIGN_IN, ("login", "password")),
            (RESET, ("email",)),
            (RESET_CODE, ("code",)),
        ):
            assert client.post(address, dict.fromkeys(names, odd)).status_code < 500
