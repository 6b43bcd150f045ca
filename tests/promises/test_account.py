"""Hesap ve profiller: what holds today."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.models import Address, DataRequest, Export, TextMessage, User
from core import journal, proofs
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "sabah kahvesi ve kedi"


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path


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


def test_profile_is_edited_under_account_settings(client, ayse):
    """Profil bilgilerimi nereden düzenlerim?"""
    client.force_login(ayse)
    panel = client.get("/panel/").content.decode()
    section = panel.index("<h2>Hesap</h2>")
    assert "Ayarlar</a>" in panel[section : panel.index("</ul>", section)]
    body = client.get("/panel/ayarlar/").content.decode()
    for tab, path in (("İletişim", ""), ("Adresler", "adresler/"), ("Tercihler", "tercihler/")):
        assert f'href="/panel/ayarlar/{path}"' in body
        assert f">{tab}</a>" in body
        assert client.get(f"/panel/ayarlar/{path}").status_code == 200

    client.post("/panel/ayarlar/", {"first_name": "Ayşegül", "last_name": "Yıldız"})
    page = client.post("/panel/ayarlar/telefon/", {"value": "0532 123 45 67"}).url
    code = TextMessage.objects.get().text.split()[1]
    ayse.refresh_from_db()
    assert (ayse.first_name, ayse.phone) == ("Ayşegül", "+905551110001"), "the old number until the code"
    client.post(page, {"code": code})
    ayse.refresh_from_db()
    assert ayse.phone == "+905321234567"
    assert Address.objects.filter(user=ayse, is_default=True).count() == 2
    assert proofs.check("accounts.settings").state == "ok"


def test_account_is_paused_without_loss_and_returns_at_will(client, ayse):
    """Hesabımı geçici olarak kapatabilir miyim?"""
    until = timezone.now() + timedelta(days=30)
    before = Address.objects.filter(user=ayse).count()
    services.suspend_account(user=ayse, until=until, by=None, reason="Tatil")
    client.post("/hesap/giris/", {"login": ayse.email, "password": PASSWORD})
    for path in ("/panel/", "/magaza/", "/panel/ayarlar/"):
        assert client.get(path).url == "/panel/donus/"
    client.post("/panel/donus/")
    assert client.get("/panel/").status_code == 200
    assert Address.objects.filter(user=ayse).count() == before
    assert proofs.check("accounts.pause").state == "ok"


def test_data_is_handed_out_and_erased(client, ayse):
    """Verilerim nasıl korunuyor?"""
    client.force_login(ayse)
    client.post("/panel/verilerim/", {"kind": "export"})
    journal.sweep()
    copy = Export.objects.get()
    answer = client.get(f"/panel/verilerim/{copy.request.public_id}/pdf/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    client.force_login(User.objects.get(email="bora@ornek.test"))
    assert client.get(f"/panel/verilerim/{copy.request.public_id}/pdf/").status_code == 404

    services.begin_closing(user=ayse, by=ayse, now=timezone.now())
    services.erase_due(now=timezone.now() + timedelta(days=30))
    ayse.refresh_from_db()
    assert (ayse.first_name, ayse.phone, ayse.is_active) == ("", "", False)
    assert not Address.objects.filter(user=ayse).exists()
    assert DataRequest.objects.get(kind="erase").answer.startswith("Hesabın silindi")
    assert proofs.check("accounts.data_requests").state == "ok"


def test_a_forgotten_request_is_not_hidden(ayse):
    """Verilerim nasıl korunuyor? (Süresi geçen istek.)"""
    with time_machine.travel(timezone.now() - timedelta(days=31), tick=False):
        services.ask_for_data(user=ayse, kind="object", text="Hayır", now=timezone.now())
    assert proofs.check("accounts.data_requests").state == "failed"
