"""Prices, earnings and payouts of a clinic on the screen; without a script as well."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from home import demo
from tests.browser.looks import faults_by_page

pytestmark = pytest.mark.browser
CLINIC = "/isletme/ihlamur-veteriner"


def pages() -> dict[str, str]:
    from finance.models import CommissionLine
    from payments.models import Payout

    line = CommissionLine.objects.filter(business__slug="ihlamur-veteriner", refunds__isnull=False).first()
    payout = Payout.objects.filter(business__slug="ihlamur-veteriner", status="paid").first()
    return {
        "prices": f"{CLINIC}/finans/ucretlendirme/",
        "earnings": f"{CLINIC}/finans/kazanc/",
        "months": f"{CLINIC}/finans/kazanc/?gorunum=ay",
        "sales": f"{CLINIC}/finans/satislar/",
        "sale": f"{CLINIC}/finans/satislar/{line.pk}/",
        "payouts": f"{CLINIC}/finans/hakedisler/",
        "payout": f"{CLINIC}/finans/hakedisler/{payout.public_id}/",
        "plan": f"{CLINIC}/finans/hakedisler/plan/",
        "ask": f"{CLINIC}/finans/hakedisler/iste/",
    }


def say_who(page) -> None:
    """Where money moves, the password is asked again."""
    page.fill("[name=password]", demo.PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/iste/")


def test_pages_of_money_are_accessible_and_fit(visit):
    visitor = visit(bypass_csp=True)
    visitor.sign_in("ipek@ornek.test")
    visitor.go(pages()["ask"])
    say_who(visitor.page)
    assert faults_by_page(visitor, pages()) == {}


def test_everybody_reads_the_prices(visit):
    assert faults_by_page(visit(bypass_csp=True), {"public": "/ucretlendirme/"}) == {}


@pytest.mark.parametrize("script", [True, False])
def test_what_arrives_is_counted(visit, script):
    """With the script in place, without it on a new page: the same figures."""
    page = visit(script=script).go("/ucretlendirme/")
    page.select_option("#calc_scope", label="Mağaza (%9)")
    page.fill("#calc_price", "1.200,00")
    page.fill("#calc_vat", "20")
    page.click("#calculator button")
    expect(page.locator(".waterfall__row--net .waterfall__amount").first).to_have_text("₺1.060,40")
    expect(page.locator(".waterfall__row--commission .waterfall__amount")).to_have_text("−₺108,00")


def test_what_is_typed_while_an_answer_comes_is_not_taken_back(visit):
    """The answer to the first choice arrives in the middle of the second."""
    page = visit().go("/ucretlendirme/")
    held: list[Route] = []
    page.route("**/ucretlendirme/?*", lambda route: held.append(route))
    with page.expect_request("**/ucretlendirme/?*"):
        page.select_option("#calc_scope", label="Mağaza (%9)")
    page.locator("#calc_price").select_text()
    page.keyboard.type("2.400,00")
    with page.expect_response("**/ucretlendirme/?*"):
        held[0].continue_()
    page.wait_for_timeout(300)  # an answer that is left aside shows nowhere
    page.unroute("**/ucretlendirme/?*")
    expect(page.locator("#calc_price")).to_have_value("2.400,00")
    page.fill("#calc_vat", "20")
    page.click("#calculator button")
    expect(page.locator(".waterfall__row--net .waterfall__amount").first).to_have_text("₺2.120,80")


def test_an_answer_leaves_the_cursor_where_it_is(visit):
    """The answer arrives when a price is marked and its first new digit is not typed yet."""
    page = visit().go("/ucretlendirme/")
    held: list[Route] = []
    page.route("**/ucretlendirme/?*", lambda route: held.append(route))
    with page.expect_request("**/ucretlendirme/?*"):
        page.select_option("#calc_scope", label="Mağaza (%9)")
    page.locator("#calc_price").select_text()
    with page.expect_response("**/ucretlendirme/?*"):
        held[0].continue_()
    page.wait_for_timeout(300)  # an answer that is left aside shows nowhere
    expect(page.locator("#calc_price")).to_be_focused()
    page.keyboard.type("55")
    expect(page.locator("#calc_price")).to_have_value("55")


def test_a_payout_that_waits_is_called_off_and_asked_for_anew(visit):
    visitor = visit(width=390)
    visitor.sign_in("ipek@ornek.test")
    page = visitor.go(f"{CLINIC}/finans/hakedisler/")
    page.click("tbody tr:first-child a")
    page.click("main button:has-text('Vazgeç')")
    expect(page.locator(".messages")).to_contain_text("yeniden istenebilir")
    page.click("main a:has-text('Hakediş iste')")
    say_who(page)
    page.click("main form.card button[type=submit]")
    expect(page.locator(".messages")).to_contain_text("onaya gitti")


def test_the_back_office_pages_are_accessible(visit):
    from payments.models import Payout

    payout = Payout.objects.filter(status="draft").first() or Payout.objects.first()
    visitor = visit(bypass_csp=True)
    visitor.sign_in("yonetici@ornek.test")
    for path in (
        "/yonetim/payouts/",
        f"/yonetim/payouts/{payout.pk}/",
        "/yonetim/payouts/files/",
        "/yonetim/statements/",
        "/yonetim/statements/new/",
        "/yonetim/days/",
        "/yonetim/rates/",
        "/yonetim/rates/new/",
    ):
        page = visitor.go(path)
        assert page.locator("h1").count() >= 1, path
        visitor.keep_picture()
