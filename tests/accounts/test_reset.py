"""A forgotten password: a code, a new password, all other sessions ended, and a mail about it."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts import forms
from tests.conftest import PASSWORD

from .conftest import NEW, NEW_PASSWORD, RESET, RESET_CODE, is_signed_in, other, plain, sign_in


@pytest.fixture
def renew(code):
    """Ask, confirm, choose."""

    def run(client: Client, email: str) -> None:
        client.post(RESET, {"email": email})
        client.post(RESET_CODE, {"code": code()})
        client.post(NEW, {"password1": NEW_PASSWORD})

    return run


def test_new_password_signs_in_and_ends_all_other_sessions(client, ayse, renew, mails):
    elsewhere = Client()
    elsewhere.force_login(ayse)
    renew(client, ayse.email)
    ayse.refresh_from_db()
    assert ayse.check_password(NEW_PASSWORD)
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assert mails()[-1].subject == "Şifren değişti"
    assert mails()[-1].to == [ayse.email]


def test_mail_speaks_the_language_of_the_owner(client, ayse, mails):
    client.post("/en/hesap/sifre/sifirla/", {"email": ayse.email})
    assert "Yeni şifre için kodun" in mails()[-1].subject


def test_known_and_unknown_address_look_alike(ayse, mails):
    known, unknown = Client(), Client()
    answers = [known.post(RESET, {"email": ayse.email}), unknown.post(RESET, {"email": "kimse@ornek.test"})]
    assert [(one.status_code, one.url) for one in answers] == [(302, RESET_CODE)] * 2
    pages = [
        plain(known.get(RESET_CODE), ayse.email, "a•••@"),
        plain(unknown.get(RESET_CODE), "kimse@ornek.test", "k•••@"),
    ]
    assert pages[0] == pages[1]
    subjects = {message.to[0]: message.subject for message in mails()}
    assert "Yeni şifre için kodun" in subjects[ayse.email]
    assert subjects["kimse@ornek.test"] == "Bu adresle açılmış bir hesap yok"


def test_wrong_codes_look_alike_too(ayse, code):
    known, unknown = Client(), Client()
    known.post(RESET, {"email": ayse.email})
    wrong = other(code())
    unknown.post(RESET, {"email": "kimse@ornek.test"})
    for _ in range(5):
        answers = [one.post(RESET_CODE, {"code": wrong}) for one in (known, unknown)]
        assert answers[0].status_code == answers[1].status_code
        assert plain(answers[0], ayse.email, "a•••@") == plain(answers[1], "kimse@ornek.test", "k•••@")


@pytest.mark.parametrize("email", ["ayse@ornek.test", "kimse@ornek.test"])
def test_three_codes_an_hour_for_each_address(ayse, mails, email):
    answers = [Client().post(RESET, {"email": email}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert answers[-1]["Retry-After"] == "3600"
    assert len(mails()) == 3


def test_page_tells_the_rules_in_force(client, ayse, settings):
    client.post(RESET, {"email": ayse.email})
    body = client.get(RESET_CODE).content.decode()
    assert "10 dakika" in body
    assert "5 deneme hakkın var" in body
    assert "en çok 3 kod" in body
    assert 'autocomplete="one-time-code"' in body
    assert 'inputmode="numeric"' in body


def test_weak_new_password_is_refused_at_its_field(client, ayse, code):
    client.post(RESET, {"email": ayse.email})
    client.post(RESET_CODE, {"code": code()})
    body = client.post(NEW, {"password1": "kisa"}).content.decode()
    assert "<title>Hata: " in body
    assert 'aria-invalid="true"' in body
    assert client.post(NEW, {"password1": NEW_PASSWORD}).status_code == 302, "a second try is open"


def test_code_also_confirms_the_address_of_an_account_made_by_staff(client, ayse, renew):
    ayse.emailaddress_set.all().delete()
    renew(client, ayse.email)
    assert ayse.emailaddress_set.get().verified


def test_red_without_the_sealed_form(client, ayse, code, monkeypatch):
    """allauth's own form compares what was typed with what the session holds: the seal is no code."""
    client.post(RESET, {"email": ayse.email})
    sent = code()
    monkeypatch.setattr(forms.SealedCode, "clean_code", forms.allauth.BaseConfirmCodeForm.clean_code)
    assert client.post(RESET_CODE, {"code": sent}).status_code == 200


def test_old_password_is_gone(client, ayse, renew):
    renew(client, ayse.email)
    assert sign_in(Client(), ayse.email, PASSWORD).status_code == 200
