"""Hesap ve profiller: what holds today."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core import journal, proofs
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "sabah kahvesi ve kedi"


def ask_for_code(client: Client, email: str) -> str:
    client.post("/hesap/sifre/sifirla/", {"email": email})
    journal.sweep()
    return re.search(r"\b\d{6}\b", outbox.outbox[-1].body).group()


def test_forgotten_password_is_renewed_by_a_code(client, ayse):
    """Şifremi unuttum, nasıl sıfırlarım?"""
    other = Client()
    other.login(email=ayse.email, password=PASSWORD)
    code = ask_for_code(client, ayse.email)
    confirmed = client.post("/hesap/sifre/kod/", {"code": code}, follow=True)
    address = confirmed.redirect_chain[-1][0]
    client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    ayse.refresh_from_db()
    assert ayse.check_password(NEW_PASSWORD)
    assert other.get("/panel/").status_code == 302, "other sessions end"
    assert proofs.check("accounts.reset_code").state == "ok"


def test_code_is_over_after_ten_minutes(client, ayse):
    """Şifremi unuttum, nasıl sıfırlarım? (Süresi geçen kod.)"""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = ask_for_code(client, ayse.email)
        clock.shift(timedelta(minutes=10, seconds=1))
        client.post("/hesap/sifre/kod/", {"code": code})
    assert User.objects.get(pk=ayse.pk).check_password(PASSWORD)
    assert client.get("/panel/").status_code == 302
