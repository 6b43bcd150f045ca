"""A person reads her notices and says what she wants to hear, with a script or without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looks import faults_by_page
from tests.stack import wait_for

pytestmark = pytest.mark.browser


@pytest.fixture
def told(stack) -> None:
    """The worker has told the announcements of the demo."""
    from notifications.models import Notice

    wait_for(lambda: Notice.objects.filter(recipient__email="ayse@ornek.test").count() >= 3, 60, "notices")


def test_reading_and_taking_back(visit, told):
    visitor = visit(width=390, script=False)
    visitor.sign_in()
    page = visitor.go("/panel/bildirimler/")
    new = page.locator(".notice-row__new")
    before = new.count()
    assert before >= 3
    page.click("button:has-text('Hepsini okundu say')")
    expect(new).to_have_count(0)
    page.click("button:has-text('Geri al')")
    expect(new).to_have_count(before)
    page.locator(".notice-row__title a").last.click()
    visitor.go("/panel/bildirimler/")
    expect(new).to_have_count(before - 1)


def test_choosing(visit, told):
    visitor = visit(script=False)
    visitor.sign_in()
    page = visitor.go("/panel/bildirimler/tercihler/")
    page.select_option("[name=news-email]", "digest")
    page.click("main button:has-text('Kaydet')")
    expect(page.locator(".messages")).to_contain_text("Kaydettik.")
    expect(page.locator("[name=news-email]")).to_have_value("digest")


def test_pages_with_notices_are_accessible_and_fit(visit, told):
    visitor = visit(bypass_csp=True)
    visitor.sign_in()
    pages = ("", "bildirimler/", "bildirimler/?kategori=support", "bildirimler/tercihler/")
    assert faults_by_page(visitor, {page: f"/panel/{page}" for page in pages}) == {}
