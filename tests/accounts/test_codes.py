"""Codes: sealed in the session, counted one by one, good once and for ten minutes."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import codes, forms, proofs
from accounts.models import User
from tests.conftest import PASSWORD

from .conftest import NEW, NEW_PASSWORD, RESET, RESET_CODE, is_signed_in, other


def test_codes_have_six_digits_and_differ():
    made = {codes.new() for _ in range(200)}
    assert all(re.fullmatch(r"\d{6}", code) for code in made)
    assert len(made) > 190


def test_only_the_right_code_opens_and_equal_codes_look_different():
    sealed = codes.seal("040721")
    assert "040721" not in sealed
    assert codes.opens("040721", sealed)
    assert not codes.opens("040722", sealed)
    assert codes.seal("040721") != sealed


@pytest.mark.parametrize("sealed", ["", ".", "salt.", "nonsense"])
def test_an_empty_seal_opens_for_nothing(sealed):
    assert not codes.opens("", sealed)
    assert not codes.opens("000000", sealed)


def test_a_seal_needs_our_key(settings):
    sealed = codes.seal("040721")
    settings.SECRET_KEY = "another key, as long as it has to be to pass"
    assert not codes.opens("040721", sealed)


@pytest.fixture
def asked(client, ayse, code) -> str:
    client.post(RESET, {"email": ayse.email})
    return code()


def test_the_session_never_holds_the_digits(client, asked):
    assert asked not in str(dict(client.session))


def test_code_may_be_typed_with_spaces(client, asked):
    answer = client.post(RESET_CODE, {"code": f" {asked[:3]} {asked[3:]} "})
    assert answer.url == NEW


def test_code_is_good_once(client, asked):
    client.post(RESET_CODE, {"code": asked})
    client.post(NEW, {"password1": NEW_PASSWORD})
    again = Client()
    assert again.post(RESET_CODE, {"code": asked}).url == RESET
    client.logout()
    assert client.post(RESET_CODE, {"code": asked}).url == RESET


def test_code_belongs_to_the_browser_that_asked(asked):
    thief = Client()
    thief.post(RESET, {"email": "ayse@ornek.test"})
    assert thief.post(RESET_CODE, {"code": asked}).status_code == 200
    assert thief.get(NEW).url == RESET_CODE


def test_a_new_code_ends_the_old_one(client, asked, code):
    client.post(RESET, {"email": "ayse@ornek.test"})
    assert code() != asked
    assert "Gönderdiğimiz kod bu değil" in client.post(RESET_CODE, {"code": asked}).content.decode()


def test_code_is_over_after_ten_minutes(client, ayse, code):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post(RESET, {"email": ayse.email})
        sent = code()
        clock.shift(timedelta(minutes=10, seconds=1))
        answer = client.post(RESET_CODE, {"code": sent}, follow=True)
    assert answer.redirect_chain == [(RESET, 302)]
    assert "süresi doldu" in answer.content.decode()


def test_page_counts_the_tries_down_and_ends_after_five(client, asked):
    for left in (4, 3, 2, 1):
        answer = client.post(RESET_CODE, {"code": other(asked)})
        assert f"{left} deneme hakkın var" in answer.content.decode()
    assert client.post(RESET_CODE, {"code": other(asked)}).url == RESET
    assert client.post(RESET_CODE, {"code": asked}).url == RESET
    assert not is_signed_in(client)


def test_code_of_another_length_is_told_so(client, asked):
    body = client.post(RESET_CODE, {"code": "4072"}).content.decode()
    assert "Kod 6 hane" in body
    assert "<title>Hata: " in body


def guesses_at_once(client: Client, wrong: str, number: int = 12) -> int:
    """How many of `number` requests with one session, sent side by side, reach the comparison."""
    compared = []

    def guess(_) -> None:
        rival = Client()
        rival.cookies = client.cookies
        rival.post(RESET_CODE, {"code": wrong})
        connection.close()

    original = codes.opens
    codes.opens = lambda *args: compared.append(args) or original(*args)
    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(guess, range(number)))
    finally:
        codes.opens = original
    return len(compared)


@pytest.mark.django_db(transaction=True)
def test_five_tries_hold_for_requests_sent_at_once(client, person, code, monkeypatch):
    ayse = person("Ayşe", "Yıldız")
    client.post(RESET, {"email": ayse.email})
    assert guesses_at_once(client, other(code())) <= 5

    client.post(RESET, {"email": ayse.email})
    monkeypatch.setattr(forms.ratelimit, "consume", lambda *_, **__: True)
    monkeypatch.setattr(  # the session as requests see it that all read before any of them writes
        "allauth.account.internal.flows.code_verification"
        ".AbstractCodeVerificationProcess.record_invalid_attempt",
        lambda self: True,
    )
    assert guesses_at_once(client, other(code())) > 5, "red without the counter"


def test_first_password_of_an_account_without_one(client, person, code):
    user = person("Fatma", "Ak")
    user.set_unusable_password()
    user.save()
    client.post(RESET, {"email": user.email})
    client.post(RESET_CODE, {"code": code()})
    client.post(NEW, {"password1": NEW_PASSWORD})
    assert is_signed_in(client)
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)


def test_proof_is_fine_and_goes_red_when_rules_soften(db, settings):
    assert proofs.reset_code().state == "ok"
    settings.ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 50
    assert proofs.reset_code().state == "failed"


def test_proof_goes_red_when_codes_are_kept_open(db, monkeypatch):
    monkeypatch.setattr(codes, "seal", lambda code: code)
    assert proofs.reset_code().state == "failed"


def test_nothing_changes_without_the_code(client, asked):
    assert client.get(NEW).url == RESET_CODE
    assert client.post(NEW, {"password1": NEW_PASSWORD}).url == RESET_CODE
    assert User.objects.get().check_password(PASSWORD)
