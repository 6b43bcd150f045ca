"""A new e-mail or phone: asked for with a code, in force once the code came back, the old one told."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import services
from accounts.errors import CodeIsOver, TooManyCodes, WrongCode
from accounts.models import ContactChange, TextMessage, User
from core import journal
from tests.conftest import PASSWORD

from .conftest import other, plain, sign_in

EMAIL, PHONE, SETTINGS = "/panel/ayarlar/e-posta/", "/panel/ayarlar/telefon/", "/panel/ayarlar/"


@pytest.fixture
def confirmed(client, ayse):
    """Ayşe signed in, and has just said again who she is."""
    sign_in(client, ayse.email, PASSWORD)
    client.post("/hesap/onayla/", {"password": PASSWORD})
    return client


def newest_code() -> str:
    journal.sweep()
    return re.search(r"\b\d{6}\b", outbox.outbox[-1].body).group()


def test_email_is_changed_by_a_code_and_the_old_one_is_told(confirmed, ayse):
    page = confirmed.post(EMAIL, {"value": "Yeni@Ornek.test"}).url
    code = newest_code()
    assert outbox.outbox[-1].to == ["yeni@ornek.test"]
    ayse.refresh_from_db()
    assert ayse.email == "ayse@ornek.test", "the old one is in force until the code came back"

    answer = confirmed.post(page, {"code": code}, follow=True)
    assert answer.redirect_chain[-1][0] == SETTINGS
    assert "Yeni bilgin geçerli: E-posta." in answer.content.decode()
    ayse.refresh_from_db()
    assert ayse.email == "yeni@ornek.test"
    assert [(row.email, row.verified, row.primary) for row in ayse.emailaddress_set.all()] == [
        ("yeni@ornek.test", True, True)
    ]
    journal.sweep()
    assert (outbox.outbox[-1].to, outbox.outbox[-1].subject) == (["ayse@ornek.test"], "E-postan değişti")


def test_a_new_email_asks_first_who_it_is(client, ayse):
    sign_in(client, ayse.email, PASSWORD)
    assert client.get(EMAIL).url.startswith("/hesap/onayla/?next=")
    answer = client.post(EMAIL, {"value": "yeni@ornek.test"})
    assert answer.url.startswith("/hesap/onayla/")
    assert not ContactChange.objects.exists()


def test_phone_is_changed_by_sms_and_the_account_is_told(client, ayse):
    client.force_login(ayse)
    page = client.post(PHONE, {"value": "0532 123 45 67"}).url
    code = newest_code()
    assert outbox.outbox[-1].to == ["905321234567@sms.test"]
    assert "bu numarayı hesabına ekler" in outbox.outbox[-1].body, "says what the code is for"
    client.post(page, {"code": code})
    ayse.refresh_from_db()
    assert ayse.phone == "+905321234567"
    assert "0 (532) 123 45 67" in client.get(SETTINGS).content.decode()
    journal.sweep()
    assert (outbox.outbox[-1].to, outbox.outbox[-1].subject) == ([ayse.email], "Telefon numaran değişti")
    assert list(TextMessage.objects.values_list("text", "to")) == [("", "")], "nothing of it is kept"


def test_someone_elses_address_gives_the_same_page_and_no_way_in(confirmed, ayse, bora):
    bodies = []
    for value in ("bosta@ornek.test", bora.email):
        page = confirmed.post(EMAIL, {"value": value}).url
        bodies.append(plain(confirmed.get(page), page))
    assert bodies[0] == bodies[1]
    journal.sweep()
    assert [mail.to for mail in outbox.outbox] == [["bosta@ornek.test"], [bora.email]]
    change = ContactChange.objects.get(value=bora.email)
    for code in ("", "000000"):
        with pytest.raises(WrongCode):
            services.confirm_change(change=change, code=code, now=timezone.now())


@pytest.mark.parametrize(
    "value", ["ayse@ornek.test", "ayşe@ornek.test", "x" * 300 + "@ornek.test", "a\0@b.test", ""]
)
def test_bad_emails_are_refused_and_kept_in_the_field(confirmed, value):
    answer = confirmed.post(EMAIL, {"value": value})
    assert answer.status_code == 422
    assert "<title>Hata: " in answer.content.decode()
    assert not ContactChange.objects.exists()


def test_sixth_try_is_refused_even_with_the_right_code(ayse):
    change = services.ask_change(user=ayse, channel="phone", value="+905321234567", now=timezone.now())
    code = newest_code()
    for number in range(5):
        with pytest.raises(CodeIsOver if number == 4 else WrongCode):
            services.confirm_change(change=change, code=other(code), now=timezone.now())
    with pytest.raises(CodeIsOver):
        services.confirm_change(change=change, code=code, now=timezone.now())


def test_code_is_over_after_ten_minutes_and_after_use(ayse):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        change = services.ask_change(user=ayse, channel="phone", value="+905321234567", now=timezone.now())
        code = newest_code()
        clock.shift(timedelta(minutes=10, seconds=1))
        with pytest.raises(CodeIsOver):
            services.confirm_change(change=change, code=code, now=timezone.now())
        clock.shift(-timedelta(minutes=5))
        services.confirm_change(change=change, code=code, now=timezone.now())
        with pytest.raises(CodeIsOver):
            services.confirm_change(change=change, code=code, now=timezone.now())


def test_only_the_newest_code_is_good(ayse):
    old = services.ask_change(user=ayse, channel="phone", value="+905321234567", now=timezone.now())
    code = newest_code()
    services.ask_change(user=ayse, channel="phone", value="+905321234568", now=timezone.now())
    with pytest.raises(CodeIsOver):
        services.confirm_change(change=old, code=code, now=timezone.now())


def test_three_codes_an_hour_for_a_person_and_for_an_address(ayse, bora, cem, deniz):
    for number in range(3):
        services.ask_change(user=ayse, channel="phone", value=f"+90532123456{number}", now=timezone.now())
    with pytest.raises(TooManyCodes):
        services.ask_change(user=ayse, channel="phone", value="+905321234569", now=timezone.now())
    for person in (bora, cem):
        services.ask_change(user=person, channel="phone", value="+905321234560", now=timezone.now())
    with pytest.raises(TooManyCodes):
        services.ask_change(user=deniz, channel="phone", value="+905321234560", now=timezone.now())


def test_code_is_never_stored(ayse):
    change = services.ask_change(user=ayse, channel="phone", value="+905321234567", now=timezone.now())
    code = TextMessage.objects.get().text.split()[1]
    assert code not in change.sealed
    assert code not in str(list(journal_lines()))


def journal_lines():
    from core.models import Line

    return Line.objects.values_list("data", flat=True)


def test_a_strangers_change_is_not_found(client, ayse, deniz):
    change = services.ask_change(user=ayse, channel="phone", value="+905321234567", now=timezone.now())
    client.force_login(deniz)
    assert client.get(f"/panel/ayarlar/kod/{change.public_id}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_tries_sent_at_once_are_counted_one_by_one(person):
    ayse = person("Ayşe", "Yıldız")
    change = services.ask_change(user=ayse, channel="phone", value="+905321234567", now=timezone.now())
    code = TextMessage.objects.get().text.split()[1]

    def guess(_number: int) -> str:
        mine = ContactChange.objects.get(pk=change.pk)
        try:
            services.confirm_change(change=mine, code=other(code), now=timezone.now())
        except (WrongCode, CodeIsOver) as error:
            return error.code
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(16)))
    change.refresh_from_db()
    assert change.tries == 5
    assert "in" not in answers


@pytest.mark.parametrize("phone", ["05321234567", "+0905321234567", "+90 532", "x"])
def test_database_knows_only_e164(ayse, phone):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=ayse.pk).update(phone=phone)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0532 123 45 67", "+905321234567"),
        ("532 1234567", "+905321234567"),
        ("+90 532 123 45 67", "+905321234567"),
        ("0090 (532) 123-45-67", "+905321234567"),
        ("0044 7911 123456", "+447911123456"),
    ],
)
def test_numbers_as_people_write_them(typed, stored):
    from accounts import phones

    assert phones.canonical(typed) == stored


@pytest.mark.parametrize("typed", ["0212 123 45 67", "0532 123", "abc", "", "٠٥٣٢x", "0" * 300])
def test_what_is_no_mobile_number_is_refused(client, ayse, typed):
    client.force_login(ayse)
    answer = client.post(PHONE, {"value": typed})
    assert answer.status_code == 422
    assert "<title>Hata: " in answer.content.decode()
