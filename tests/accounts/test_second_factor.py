"""The second step: app, recovery codes, who must have one, and being asked again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts import factors
from accounts.models import User
from tests.conftest import PASSWORD

from .conftest import is_signed_in, sign_in

SECURITY, APP = "/panel/guvenlik/", "/panel/guvenlik/uygulama/"
SECOND, ASK = "/hesap/ikinci-adim/", "/hesap/onayla/"


def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def set_up_app(client: Client) -> str:
    """Through the pages; gives the secret."""
    client.post(ASK, {"password": PASSWORD})
    body = client.get(APP).content.decode()
    secret = re.search(r'class="key">(\w+)<', body).group(1)
    client.post(APP, {"code": app_code(secret)})
    return secret


@pytest.fixture
def with_app(client, ayse) -> str:
    sign_in(client, ayse.email, PASSWORD)
    return set_up_app(client)


def test_app_is_set_up_after_asking_again(client, ayse, mails, django_capture_on_commit_callbacks):
    sign_in(client, ayse.email, PASSWORD)
    assert client.get(APP).url.startswith("/hesap/onayla/")
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    assert factors.has_second_factor(ayse)
    assert mails()[-1].subject == "Hesabının ikinci adımı değişti"


def test_square_is_drawn_without_inline_style(client, ayse):
    sign_in(client, ayse.email, PASSWORD)
    client.post(ASK, {"password": PASSWORD})
    body = client.get(APP).content.decode()
    assert "<svg" in body
    assert "style=" not in body
    assert "<?xml" not in body


def test_secret_is_stored_encrypted(with_app, ayse):
    row = Authenticator.objects.get(user=ayse, type="totp")
    assert with_app not in str(row.data)
    assert factors.Adapter().decrypt(row.data["secret"]) == with_app


def test_secret_opens_after_the_key_was_changed(with_app, ayse, settings):
    row = Authenticator.objects.get(user=ayse, type="totp")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    assert factors.Adapter().decrypt(row.data["secret"]) == with_app


def test_sign_in_then_asks_for_the_code_and_takes_it_once(with_app, ayse):
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        code, elsewhere, thief = app_code(with_app), Client(), Client()
        for one in (elsewhere, thief):
            assert sign_in(one, ayse.email, PASSWORD).url == SECOND
            assert not is_signed_in(one)
        elsewhere.post(SECOND, {"code": code})
        assert is_signed_in(elsewhere)
        answer = thief.post(SECOND, {"code": code})
        assert "ya da kullanılmış" in answer.content.decode()
        assert not is_signed_in(thief)


def test_guesses_are_counted(with_app, ayse):
    guesser = Client()
    sign_in(guesser, ayse.email, PASSWORD)
    for _ in range(20):
        guesser.post(SECOND, {"code": "000000"})
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        answer = guesser.post(SECOND, {"code": app_code(with_app)})
    assert not is_signed_in(guesser), "the right code comes too late"
    assert "Hata: " in answer.content.decode()


def test_recovery_codes_are_shown_once_and_open_once(client, with_app, ayse):
    body = client.get("/panel/guvenlik/kurtarma-kodlari/").content.decode()
    found = re.findall(r"<li><code>(\w+)</code>", body)
    assert len(found) == 10
    assert "<li><code>" not in client.get("/panel/guvenlik/kurtarma-kodlari/").content.decode()
    for expected in (True, False):
        one = Client()
        sign_in(one, ayse.email, PASSWORD)
        one.post(SECOND, {"code": found[0]})
        assert is_signed_in(one) is expected


def test_app_is_switched_off_only_after_asking_again(client, with_app, ayse):
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert client.post(f"{APP}kapat/").url.startswith("/hesap/onayla/")
        assert factors.has_second_factor(ayse)
    client.post(f"{APP}kapat/")
    assert not factors.has_second_factor(ayse)


def test_a_wrong_passkey_is_refused_kindly(client, with_app, ayse):
    client.raise_request_exception = False
    for path in (SECOND, "/hesap/gecis-anahtari/", "/hesap/onayla/anahtar/", f"{SECURITY}anahtar/ekle/"):
        for typed in ("", "x", "{}", '{"id": 1}', "[]", '{"rawId":"a","response":{},"type":"public-key"}'):
            answer = client.post(path, {"credential": typed})
            assert answer.status_code < 500, (path, typed)
    assert not Authenticator.objects.filter(type="webauthn").exists()


# --- Who must have one ----------------------------------------------------------------------


@pytest.fixture
def demanded(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def test_admin_is_led_to_the_setup_before_the_back_office(client, admin, demanded):
    sign_in(client, admin.email, PASSWORD)
    for path in ("/yonetim/", "/yonetim/users/", "/yonetim/magaza/"):
        assert client.get(path).url == SECURITY
    assert "ikinci bir adım ister" in client.get(SECURITY).content.decode()
    set_up_app(client)
    assert client.get("/yonetim/").status_code == 200


def test_switched_off_the_admin_enters_with_a_password(client, admin):
    sign_in(client, admin.email, PASSWORD)
    assert client.get("/yonetim/").status_code == 200


def test_authors_enter_without(client, ayse, demanded):
    from django.contrib.auth.models import Permission

    ayse.user_permissions.add(Permission.objects.get(codename="access_admin"))
    sign_in(client, ayse.email, PASSWORD)
    assert client.get("/yonetim/").status_code == 200
    ayse.user_permissions.add(Permission.objects.get(codename="change_user"))
    assert client.get("/yonetim/").url == SECURITY


def test_production_demands_it_and_development_does_not():
    from tests.house.test_settings import manage

    said = manage("shell", "-c", "from django.conf import settings; print(settings.REQUIRE_SECOND_FACTOR)")
    assert "True" in said.stdout


# --- The words for other rooms --------------------------------------------------------------


def view(request) -> HttpResponse:
    return HttpResponse("in")


def ask(user) -> HttpResponse:
    from django.contrib.messages.storage.cookie import CookieStorage

    request = RequestFactory().get("/para/")
    request.user, request.session = user, {}
    request._messages = CookieStorage(request)
    return factors.second_factor_required(view)(request)


def test_dear_views_open_only_with_a_second_step(ayse):
    from django.contrib.auth.models import AnonymousUser

    assert ask(AnonymousUser()).url.startswith("/hesap/giris/")
    assert ask(ayse).url == SECURITY
    Authenticator.objects.create(user=ayse, type="totp", data={})
    assert ask(ayse).content == b"in"


def test_recovery_codes_alone_are_no_second_step(ayse):
    Authenticator.objects.create(user=ayse, type="recovery_codes", data={})
    assert not factors.has_second_factor(ayse)


def test_confirmed_lasts_fifteen_minutes_and_signing_in_is_not_enough(client, ayse):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, ayse.email, PASSWORD)
        assert not confirmed(client, ayse)
        client.post(ASK, {"password": "yanlis"})
        assert not confirmed(client, ayse)
        client.post(ASK, {"password": PASSWORD})
        clock.shift(timedelta(minutes=15, seconds=-1))
        assert confirmed(client, ayse)
        clock.shift(2)
        assert not confirmed(client, ayse)


def confirmed(client: Client, user: User) -> bool:
    request = RequestFactory().get("/")
    request.user, request.session = user, client.session
    return factors.recently_confirmed(request)


# --- Sessions of staff ----------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "clicks"), [(12.1, 6), (3.1, 1)])
def test_staff_sessions_end(client, admin, hours, clicks):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, admin.email, PASSWORD)
        client.get("/yonetim/")
        for _ in range(clicks - 1):
            clock.shift(timedelta(hours=hours / clicks))
            assert client.get("/yonetim/").status_code == 200
        clock.shift(timedelta(hours=hours / clicks))
        assert client.get("/yonetim/").url.startswith("/hesap/giris/")
        assert not is_signed_in(client)


def test_other_people_stay_signed_in(client, ayse):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, ayse.email, PASSWORD, remember="on")
        clock.shift(timedelta(days=1))
        assert is_signed_in(client)
