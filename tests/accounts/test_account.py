"""The account pages of the panel: name, language, password, the way out."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts import live, rules
from core.live import get
from tests.conftest import PASSWORD

from .conftest import NEW_PASSWORD, is_signed_in

ACCOUNT, PREFERENCES, SECURITY = "/panel/ayarlar/", "/panel/ayarlar/tercihler/", "/panel/guvenlik/"
CHANGE = "/hesap/sifre/degistir/"


@pytest.mark.parametrize("path", [ACCOUNT, CHANGE])
def test_visitors_are_asked_to_sign_in(client, db, path):
    assert client.get(path).url == f"/hesap/giris/?next={path}"


@pytest.mark.parametrize("path", [ACCOUNT, SECURITY])
def test_pages_stand_in_the_panel_and_are_never_cached(client, ayse, path):
    client.force_login(ayse)
    answer = client.get(path)
    assert "no-store" in answer["Cache-Control"]
    body = answer.content.decode()
    assert f'<a href="{path}" aria-current="page">' in body


def test_the_old_address_leads_to_the_settings(client, ayse):
    client.force_login(ayse)
    assert client.get("/hesap/").url == ACCOUNT


def test_name_is_saved(client, ayse):
    client.force_login(ayse)
    answer = client.post(ACCOUNT, {"first_name": "Ayşegül", "last_name": "İçöz"}, follow=True)
    assert answer.redirect_chain == [(ACCOUNT, 302)]
    assert "Kaydettik" in answer.content.decode()
    ayse.refresh_from_db()
    assert (ayse.first_name, ayse.last_name) == ("Ayşegül", "İçöz")


def test_language_is_saved_and_the_answer_speaks_it(client, ayse):
    client.force_login(ayse)
    answer = client.post(PREFERENCES, {"locale": "en"}, follow=True)
    assert answer.redirect_chain == [(f"/en{PREFERENCES}", 302)]
    assert "Saved." in answer.content.decode()
    ayse.refresh_from_db()
    assert ayse.locale == "en"


def test_nobody_writes_more_than_the_form_shows(client, ayse):
    client.force_login(ayse)
    typed = {"first_name": "A", "last_name": "B", "is_staff": "on", "email": "x@ornek.test", "phone": "+905"}
    client.post(ACCOUNT, typed)
    ayse.refresh_from_db()
    assert (ayse.is_staff, ayse.email, ayse.phone) == (False, "ayse@ornek.test", "")


@pytest.mark.parametrize("locale", ["de", "", "x" * 10_000, "a\0"])
def test_unknown_language_is_refused(client, ayse, locale):
    client.force_login(ayse)
    answer = client.post(PREFERENCES, {"locale": locale})
    assert answer.status_code == 422
    assert "<title>Hata: " in answer.content.decode()


def test_name_may_not_be_emptied(client, ayse):
    client.force_login(ayse)
    body = client.post(ACCOUNT, {"first_name": " ", "last_name": "Y"}).content.decode()
    assert "Adını yaz." in body
    ayse.refresh_from_db()
    assert ayse.first_name == "Ayşe"


def test_password_is_changed_and_other_sessions_end(client, ayse, mails):
    client.force_login(ayse)
    elsewhere = Client()
    elsewhere.force_login(ayse)
    answer = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}, follow=True)
    assert "Şifren yenilendi" in answer.content.decode()
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    ayse.refresh_from_db()
    assert ayse.check_password(NEW_PASSWORD)
    assert [(message.subject, message.to) for message in mails()] == [("Şifren değişti", [ayse.email])]


def test_current_password_is_asked_for(client, ayse):
    client.force_login(ayse)
    body = client.post(CHANGE, {"oldpassword": "yanlis", "password1": NEW_PASSWORD}).content.decode()
    assert "Şu anki şifren bu değil" in body
    ayse.refresh_from_db()
    assert ayse.check_password(PASSWORD)


def test_guesses_of_the_current_password_are_counted(client, ayse):
    client.force_login(ayse)
    answers = [client.post(CHANGE, {"oldpassword": "yanlis", "password1": NEW_PASSWORD}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]


def test_account_without_a_password_gets_its_first_by_code(client, ayse):
    ayse.set_unusable_password()
    ayse.save()
    client.force_login(ayse)
    answer = client.get(CHANGE, follow=True)
    assert answer.redirect_chain[-1][0] == "/hesap/sifre/sifirla/"


def test_signing_out_asks_first_and_leads_home(client, ayse):
    client.force_login(ayse)
    assert "Çıkıyor musun?" in client.get("/hesap/cikis/").content.decode()
    assert is_signed_in(client), "reading a page signs nobody out"
    answer = client.post("/hesap/cikis/")
    assert answer.url == "/"
    assert not is_signed_in(client)


def test_signing_out_leads_to_no_other_site(client, ayse):
    client.force_login(ayse)
    assert client.post("/hesap/cikis/", {"next": "https://kotu.test/"}).url == "/"


def test_questions_cost_the_same_for_everybody(client, ayse, django_assert_max_num_queries):
    client.force_login(ayse)
    client.get(ACCOUNT)
    with django_assert_max_num_queries(12):
        client.get(ACCOUNT)


def test_live_block_shows_the_rules_in_force(db, settings):
    from django.template.loader import render_to_string

    settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 7 * 60
    block = get("accounts.code_rules")
    html = render_to_string(block.template, {"live": block, "data": live.code_rules()})
    assert "7 dakika" in html
    assert rules.of_reset().minutes == 7
