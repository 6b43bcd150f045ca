"""Pages of "Hesap": accessible on a phone and a desk, the copy arrives, a passkey signs in."""

from __future__ import annotations

import pytest

from accounts.models import User
from home import demo
from tests.stack import wait_for

from .conftest import LANDED
from .looks import faults_by_page

pytestmark = pytest.mark.browser

PAGES = {
    "contact": "/panel/ayarlar/",
    "addresses": "/panel/ayarlar/adresler/",
    "new address": "/panel/ayarlar/adresler/ekle/",
    "preferences": "/panel/ayarlar/tercihler/",
    "phone": "/panel/ayarlar/telefon/",
    "security": "/panel/guvenlik/",
    "devices": "/panel/guvenlik/cihazlar/",
    "consents": "/panel/onaylarim/",
    "data": "/panel/verilerim/",
    "closing": "/panel/verilerim/kapat/",
}
AFTER_ASKING = {
    "e-mail": "/panel/ayarlar/e-posta/",
    "app": "/panel/guvenlik/uygulama/",
    "passkey": "/panel/guvenlik/anahtar/ekle/",
}


def test_account_pages_are_accessible_and_fit(visit):
    visitor = visit(bypass_csp=True)
    visitor.sign_in()
    found = faults_by_page(visitor, PAGES | {"asked again": AFTER_ASKING["e-mail"]})
    visitor.page.fill("[name=password]", demo.PASSWORD)
    visitor.page.click("main button[type=submit]")
    visitor.page.wait_for_url(f"**{AFTER_ASKING['e-mail']}")
    assert found | faults_by_page(visitor, AFTER_ASKING) == {}


def test_the_copy_of_ones_data_arrives(visit):
    visitor = visit(width=390)
    visitor.sign_in("bora@ornek.test")
    page = visitor.go("/panel/verilerim/")
    page.click("main form.panel__form button[type=submit]")
    wait_for(lambda: _has_copy(visitor), 30, "the copy")
    with page.expect_download() as download:
        page.click("main a:has-text('PDF')")
    assert download.value.suggested_filename.startswith("dijivet-KV-")


def _has_copy(visitor) -> bool:
    visitor.page.reload()
    return visitor.page.locator("main a:has-text('PDF')").count() > 0


def test_a_passkey_is_added_and_signs_in_alone(visit):
    """With a device made of software; passkeys need a name, so the site is visited as localhost."""
    visitor = visit()
    visitor.stack_url = visitor.stack.url.replace("127.0.0.1", "localhost")
    page = visitor.page
    session = visitor.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page.goto(f"{visitor.stack_url}/hesap/giris/")
    page.fill("[name=login]", "editor@ornek.test")
    page.fill("[name=password]", demo.PASSWORD)
    page.click("main form:not([data-passkey]) button[type=submit]")
    page.wait_for_url(LANDED)
    page.goto(f"{visitor.stack_url}/panel/guvenlik/anahtar/ekle/")
    page.fill("[name=password]", demo.PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/anahtar/ekle/")
    page.fill("[name=name]", "Masam")
    page.click("[data-passkey-press]")
    page.wait_for_url("**/kurtarma-kodlari/")
    assert page.locator(".codes li").count() == 10
    assert User.objects.get(email="editor@ornek.test").authenticator_set.filter(type="webauthn").count() == 1

    visitor.context.clear_cookies()
    page.goto(f"{visitor.stack_url}/hesap/giris/")
    page.click("[data-passkey-press]")
    page.wait_for_url(LANDED)
