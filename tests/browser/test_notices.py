"""A person reads her notices and says what she wants to hear, with a script or without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import violations
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


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_accessible(visit, told, width, dark):
    visitor = visit(width=width, dark=dark, bypass_csp=True)
    visitor.sign_in()
    paths = [
        "/panel/",
        "/panel/bildirimler/",
        "/panel/bildirimler/?kategori=support",
        "/panel/bildirimler/tercihler/",
    ]
    assert {path: found for path in paths if (found := violations(visitor.go(path)))} == {}


@pytest.mark.parametrize("width", [320, 360, 768])
def test_no_sideways_scroll(visit, told, width):
    visitor = visit(width=width)
    visitor.sign_in()
    paths = ["/panel/", "/panel/bildirimler/", "/panel/bildirimler/tercihler/"]
    too_wide = "document.documentElement.scrollWidth > innerWidth"
    assert [path for path in paths if visitor.go(path).evaluate(too_wide)] == []
