"""Only registered names are kept, and of the optional ones only what was allowed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from legal import cookies
from legal.cookies import Category, Place
from tests.browser.looks import violations
from tests.browser.test_every_page import PUBLIC

pytestmark = pytest.mark.browser
BANNER = "[data-cookie-banner]"
STORED = "Object.keys(localStorage).concat(Object.keys(sessionStorage))"


def kept(visitor) -> set[tuple[str, str]]:
    names = {(one["name"], Place.COOKIE) for one in visitor.context.cookies()}
    return names | {(name, Place.STORAGE) for name in visitor.page.evaluate(STORED)}


def forbidden(visitor, allowed: set[str]) -> list[str]:
    """Names that are not registered, or belong to a category that was not chosen."""
    entries = {name: cookies.find(*name) for name in kept(visitor)}
    return [str(name) for name, entry in entries.items() if entry is None or entry.category not in allowed]


def walk(visitor, allowed: set[str]) -> list[str]:
    found: list[str] = []
    for path in PUBLIC.values():
        visitor.go(path)
        if (switch := visitor.page.locator("[data-theme-switch]")).count():
            switch.evaluate("button => button.click()")
        found += forbidden(visitor, allowed)
    visitor.sign_in()
    return found + forbidden(visitor, allowed)


def test_with_nothing_chosen_only_necessary_names_are_kept(visit):
    assert walk(visit(cookies=""), {Category.NECESSARY}) == []


def test_after_refusing_only_necessary_names_are_kept(visit):
    visitor = visit(cookies="")
    visitor.go("/")
    visitor.page.click(f"{BANNER} .cookie-banner__answers button[value=reject]")
    expect(visitor.page.locator("html")).to_have_attribute("data-consent", "none")

    assert walk(visitor, {Category.NECESSARY}) == []


def test_each_category_alone_allows_its_names_only(visit):
    visitor = visit(cookies="")
    visitor.go("/")
    visitor.page.click(f"{BANNER} summary")
    visitor.page.check(f"{BANNER} input[value=preferences]")
    visitor.page.click(f"{BANNER} button[value=chosen]")
    expect(visitor.page.locator("html")).to_have_attribute("data-consent", "preferences")

    assert walk(visitor, {Category.NECESSARY, Category.PREFERENCES}) == []
    assert ("theme", Place.STORAGE) in kept(visitor)


def test_an_unregistered_name_would_be_seen(visit):
    """Negative control."""
    visitor = visit()
    visitor.go("/")
    visitor.page.evaluate("document.cookie = '_ga=1; path=/'")
    visitor.page.evaluate("localStorage.theme = 'dark'")

    assert len(forbidden(visitor, {Category.NECESSARY})) == 2


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_the_question_is_accessible_and_closing_refuses(visit, width, dark):
    visitor = visit(width=width, dark=dark, cookies="", bypass_csp=True)  # for axe
    page = visitor.go("/hukuki/")
    banner = page.locator(BANNER)

    assert banner.is_visible()
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    sizes = [
        banner.locator(f".cookie-banner__answers > button[value={answer}]").bounding_box()
        for answer in ("reject", "accept")
    ]
    assert (sizes[0]["width"], sizes[0]["height"]) == (sizes[1]["width"], sizes[1]["height"])
    page.locator(f"{BANNER} .cookie-banner__close").press("Enter")
    expect(page.locator("html")).to_have_attribute("data-consent", "none")
    assert not banner.is_visible()
    assert not visitor.go("/").locator(BANNER).is_visible()


def test_the_question_works_without_script(visit):
    visitor = visit(script=False, cookies="")
    page = visitor.go("/yardim/?audience=clinic")
    page.click(f"{BANNER} .cookie-banner__answers > button[value=accept]")

    assert page.url.endswith("/yardim/?audience=clinic")
    (value,) = [one["value"] for one in visitor.context.cookies() if one["name"] == cookies.COOKIE]
    assert value.endswith(".preferences")


def test_the_choice_is_taken_back_in_the_footer(visit):
    visitor = visit(cookies="preferences")
    page = visitor.go("/")
    page.evaluate("localStorage.theme = 'dark'")
    page.click(".site-foot a[href='/hukuki/cerez-tercihleri/']")
    page.click("main button[value=reject]")
    page.wait_for_load_state("networkidle")

    assert page.evaluate("localStorage.theme") is None
    assert page.locator("main input[value=preferences]").is_checked() is False
