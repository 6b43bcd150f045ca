"""The store as visitors meet it: every kind of page, the search box with its suggestions, both languages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from oscar.core.loading import get_model
from playwright.sync_api import Route, expect

from .looks import faults_by_page, violations

pytestmark = pytest.mark.browser
SUGGESTIONS = "**/store/suggestions/**"


def pages() -> dict[str, str]:
    Product, Partner = get_model("catalogue", "Product"), get_model("partner", "Partner")
    shown = Product.objects.browsable()
    packs = shown.filter(structure="parent").first()
    seller = Partner.objects.exclude(business=None).first()
    craftsman = Partner.objects.exclude(business__chamber="").first()
    two = next(one for one in shown.order_by("pk") if one.stockrecords.count() > 1)
    return {
        "packs": packs.get_absolute_url(),
        "packs in English": f"/en{packs.get_absolute_url()}",
        "two sellers": two.get_absolute_url(),
        "seller": f"/magaza/satici/{seller.code}/",
        "seller in English": f"/en/magaza/satici/{seller.code}/",
        "craftsman": f"/magaza/satici/{craftsman.code}/",
        "store in English": "/en/magaza/",
        "second page": "/magaza/?page=2",
        "filters": "/magaza/?species=kedi&in_stock=1&min_price=100",
        "found": "/magaza/?q=kedi+mamasi",
        "nothing found": "/magaza/?q=zzzzqq",
        "nothing left": "/magaza/?q=mama&min_price=999999",
        "price nobody can read": "/magaza/?min_price=ucuz",
        "medicine": "/magaza/?q=antiparaziter",
        "texts of the checkout": "/magaza/odeme/metinler/",
    }


def test_pages_of_the_store(visit, stack):
    assert faults_by_page(visit(bypass_csp=True), pages()) == {}


@pytest.mark.parametrize("width", [390, 1440])
def test_the_search_box_is_in_sight(visit, width):
    box = visit(width=width).go("/magaza/").locator("#store-q")
    expect(box).to_be_in_viewport()
    box.fill("tasma")
    box.press("Enter")
    expect(box.page.locator("h1")).to_be_visible()
    assert "q=tasma" in box.page.url


# --- Suggestions --------------------------------------------------------------------------------


def typing(visit, words: str = "kedi m", **how: Any) -> Any:
    page = visit(**how).go("/magaza/")
    page.locator("#store-q").press_sequentially(words)
    return page


def options(page: Any) -> Any:
    return page.locator("#store-suggestions").get_by_role("option")


def box_of(page: Any) -> Any:
    return page.get_by_role("combobox", name="Mağazada ara")


@pytest.mark.parametrize("width", [390, 1440])
def test_suggestions_open_and_are_accessible(visit, width):
    visitor = visit(width=width, bypass_csp=True)
    page = visitor.go("/magaza/")
    box = box_of(page)
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("kedi m")
    expect(options(page).first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    count = options(page).count()
    expect(page.locator(".store-search [role=status]")).to_have_text(f"{count} öneri")
    visitor.keep_picture("suggestions")
    assert violations(page) == []
    box.press("ArrowDown")
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_arrows_walk_through_and_around(visit):
    page = typing(visit)
    expect(options(page).first).to_be_visible()
    box, last = box_of(page), options(page).count() - 1
    for key, place in (
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("ArrowUp", 0),
        ("ArrowUp", last),
        ("ArrowDown", 0),
    ):
        box.press(key)
        chosen = page.locator("[role=option][aria-selected=true]")
        expect(chosen).to_have_count(1)
        assert options(page).nth(place).get_attribute("id") == chosen.get_attribute("id")
        expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    expect(box).to_be_focused()


def test_enter_takes_the_chosen_one(visit):
    page = typing(visit)
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    address = page.locator("[aria-selected=true]").get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_enter_without_a_choice_sends_the_words(visit):
    page = typing(visit)
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/magaza/?q=kedi+m*")


def test_escape_closes_and_the_words_stay(visit):
    page = typing(visit)
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    box = box_of(page)
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.get_attribute("aria-activedescendant") is None
    expect(box).to_have_value("kedi m")
    page.keyboard.press("ArrowDown")  # opens anew
    expect(options(page).first).to_be_visible()


def test_a_click_takes_one_and_a_click_elsewhere_closes(visit):
    page = typing(visit)
    expect(options(page).first).to_be_visible()
    page.locator("h1").click()
    expect(options(page)).to_have_count(0)
    box_of(page).fill("kedi ma")
    expect(options(page).first).to_be_visible()
    address = options(page).last.get_attribute("data-url")
    options(page).last.click()
    page.wait_for_url(f"**{address}")


def answer(title: str) -> str:
    goods = [{"title": title, "url": "/magaza/"}]
    return json.dumps({"did_you_mean": None, "categories": [], "sellers": [], "products": goods})


def test_a_slow_answer_never_takes_the_place_of_a_later_one(visit):
    page = visit().go("/magaza/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        if "q=ke&" in f"{route.request.url}&":
            held.append(route)
        else:
            route.fulfill(body=answer("Yeni"), content_type="application/json")

    page.route(SUGGESTIONS, hold)
    box = box_of(page)
    with page.expect_request(SUGGESTIONS):
        box.press_sequentially("ke")
    box.press_sequentially("di")
    expect(options(page)).to_contain_text("Yeni")
    held[0].fulfill(body=answer("Eski"), content_type="application/json")
    page.wait_for_load_state("networkidle")
    expect(options(page)).to_have_count(1)
    expect(options(page)).to_contain_text("Yeni")


def test_an_answer_after_leaving_the_box_opens_nothing(visit):
    page = visit().go("/magaza/")
    held: list[Route] = []
    page.route(SUGGESTIONS, lambda route: held.append(route))
    with page.expect_request(SUGGESTIONS):
        box_of(page).press_sequentially("kedi")
    page.locator("h1").click()
    page.wait_for_timeout(400)  # until nobody could take it for a part of the same press
    held[0].fulfill(body=answer("Geç"), content_type="application/json")
    page.wait_for_load_state("networkidle")
    expect(options(page)).to_have_count(0)


@pytest.mark.parametrize("fault", ["offline", "503", "no JSON"])
def test_without_an_answer_the_box_still_searches(visit, fault):
    visitor = visit()
    page = visitor.go("/magaza/")
    replies = {
        "offline": lambda route: route.abort("internetdisconnected"),
        "503": lambda route: route.fulfill(status=503, body="{}"),
        "no JSON": lambda route: route.fulfill(body="<html>", content_type="text/html"),
    }
    page.route(SUGGESTIONS, replies[fault])
    with page.expect_request(SUGGESTIONS):
        box_of(page).press_sequentially("kedi")
    page.wait_for_load_state("networkidle")
    expect(options(page)).to_have_count(0)
    expect(box_of(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.wait_for_url("**/magaza/?q=kedi*")
    assert not [one for one in visitor.complaints if one.startswith("script")]
    visitor.complaints.clear()  # Chromium itself tells that a request failed


def test_nothing_to_suggest_is_said(visit):
    page = typing(visit, "zzzzqq")
    expect(page.locator(".store-search [role=status]")).to_have_text("Öneri yok")
    expect(box_of(page)).to_have_attribute("aria-expanded", "false")


def test_words_of_one_letter_are_not_asked_for(visit):
    page = visit().go("/magaza/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    box_of(page).press_sequentially("k")
    page.wait_for_timeout(400)
    assert [one for one in asked if "suggestions" in one] == []


def test_suggestions_in_english_lead_to_english_pages(visit):
    page = visit(language="en-GB").go("/en/magaza/")
    page.locator("#store-q").press_sequentially("canary")
    expect(options(page)).to_have_count(1)
    expect(options(page)).to_contain_text("Canary mix")  # not what the first letters brought
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/magaza/*")
    expect(page.locator("h1")).to_have_text("Canary mix")
