"""Orders of a seller on the screen, and her buyer's side; without a script as well."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looks import faults_by_page

pytestmark = pytest.mark.browser
SHOP = "cinar-mama"
ORDERS = f"/isletme/{SHOP}/magaza/siparisler/"


def parcel(status: str, **more):
    from oscar.core.loading import get_model

    rows = get_model("order", "SellerOrder").objects.filter(business__slug=SHOP, status=status, **more)
    return rows.order_by("pk").first()


def owner(slug: str = SHOP) -> str:
    from teams.models import Business

    return Business.objects.get(slug=slug).memberships.owners().first().user.email


def pages() -> dict[str, str]:
    one = f"{ORDERS}{parcel('preparing').public_id}/"
    return {
        "list": ORDERS,
        "on their way": f"{ORDERS}?sekme=kargoda",
        "late": f"{ORDERS}?gec=1",
        "nothing found": f"{ORDERS}?q=yok",
        "parcel": one,
        "sent": f"{ORDERS}{parcel('shipped').public_id}/",
        "cancel": f"{one}iptal/",
        "slip": f"{one}fis/",
        "talk": f"{one}mesajlar/",
        "talks": f"{ORDERS}mesajlar/",
        "terms": f"{ORDERS}kargo/",
        "figures": f"/isletme/{SHOP}/magaza/satis-ozeti/",
    }


def test_pages_of_a_seller_are_accessible_and_fit(visit):
    visitor = visit(bypass_csp=True)
    visitor.sign_in(owner())
    assert faults_by_page(visitor, pages()) == {}


def test_pages_of_her_buyer_are_accessible_and_fit(visit):
    visitor = visit(bypass_csp=True)
    visitor.sign_in("ayse@ornek.test")
    number = parcel("shipped").order.number
    mine = {"order": f"/panel/siparisler/{number}/", "talk": f"/panel/siparisler/{number}/koli/1/mesajlar/"}
    assert faults_by_page(visitor, mine) == {}


@pytest.mark.parametrize("script", [True, False])
def test_a_wrong_number_is_named_and_a_tick_is_kept(visit, script):
    visitor = visit(script=script, width=390)
    visitor.sign_in(owner())
    page = visitor.go(f"{ORDERS}{parcel('preparing').public_id}/")
    ticks = page.locator(".picks input")
    was = ticks.last.is_checked()
    ticks.last.set_checked(not was)
    if script:
        expect(page.locator("[data-picks-said]")).to_have_text("Saklandı.")
    else:
        page.click("[data-picks-save] button")
    page.reload()
    assert page.locator(".picks input").last.is_checked() == (not was)
    page.select_option("[name=carrier]", "yurtici")
    page.fill("[name=tracking]", "90311847261")
    page.click("button[value=ship]")
    expect(page.locator(".field__error")).to_contain_text("1 hane eksik: bu firmada 12 hanedir.")
