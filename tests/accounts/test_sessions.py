"""Hesap > Güvenlik > Cihazlar: every session is listed, any other can be ended."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import devices
from tests.conftest import PASSWORD

from .conftest import NEW_PASSWORD, is_signed_in, sign_in

DEVICES = "/panel/guvenlik/cihazlar/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18 Safari/604.1"


@pytest.fixture
def phone(ayse) -> Client:
    client = Client(HTTP_USER_AGENT=PHONE)
    sign_in(client, ayse.email, PASSWORD)
    return client


def test_devices_are_listed_and_this_one_is_marked(client, ayse, phone):
    sign_in(client, ayse.email, PASSWORD)
    body = client.get(DEVICES).content.decode()
    assert "Safari, iPhone" in body
    assert body.count("bu cihaz") == 1
    assert body.count('name="device"') == 1, "the session of this page has no button"


def test_one_other_is_ended_or_all(client, ayse, phone):
    third = Client()
    for one in (client, third):
        sign_in(one, ayse.email, PASSWORD)
    row = UserSession.objects.get(user_agent=PHONE)
    client.post(DEVICES, {"device": row.pk})
    assert [is_signed_in(one) for one in (client, phone, third)] == [True, False, True]
    client.post(DEVICES)
    assert [is_signed_in(one) for one in (client, third)] == [True, False]
    assert not Session.objects.filter(session_key=row.session_key).exists()


@pytest.mark.parametrize("device", ["0", "abc", "9" * 30, "-1", "²"])
def test_odd_numbers_end_nothing(client, ayse, phone, device):
    sign_in(client, ayse.email, PASSWORD)
    client.raise_request_exception = False
    assert client.post(DEVICES, {"device": device}).status_code == 404
    assert is_signed_in(phone)


def test_nobody_ends_anothers_session(client, ayse, phone, deniz):
    sign_in(client, deniz.email, PASSWORD)
    row = UserSession.objects.get(user_agent=PHONE)
    assert client.post(DEVICES, {"device": row.pk}).status_code == 404
    client.post(DEVICES)
    assert is_signed_in(phone)


def test_new_password_takes_the_others_off_the_list(client, ayse, phone):
    sign_in(client, ayse.email, PASSWORD)
    client.post("/hesap/sifre/degistir/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})
    assert is_signed_in(client)
    assert not is_signed_in(phone)
    assert [row.session_key for row in UserSession.objects.filter(user=ayse)] == [client.session.session_key]


def test_reset_ends_every_session(client, ayse, phone, code):
    client.post("/hesap/sifre/sifirla/", {"email": ayse.email})
    client.post("/hesap/sifre/kod/", {"code": code()})
    client.post("/hesap/sifre/yeni/", {"password1": NEW_PASSWORD})
    assert is_signed_in(client)
    assert not is_signed_in(phone)
    assert UserSession.objects.filter(user=ayse).count() == 1


def test_one_device_costs_as_many_questions_as_twenty(client, ayse, phone):
    sign_in(client, ayse.email, PASSWORD)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(DEVICES)
        return len(asked)

    questions()
    before = questions()
    for _ in range(19):
        sign_in(Client(), ayse.email, PASSWORD)
    assert UserSession.objects.filter(user=ayse).count() == 21
    assert questions() == before


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        (PHONE, "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari/537 Edg/140", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537", "Chrome, Android"),
        ("curl/8", "Bilinmeyen cihaz"),
    ],
)
def test_devices_have_names_people_know(agent, shown):
    assert devices.describe(agent) == shown
