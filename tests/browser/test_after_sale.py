"""What follows a sale on the screen: of the buyer, of the seller, of everybody; also without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looks import faults_by_page

pytestmark = pytest.mark.browser
SELLER = "/isletme/gunes-ambar"


def returned(status: str):
    from commerce.models import ReturnRequest

    return ReturnRequest.objects.filter(status=status, business__slug="gunes-ambar").first()


def reviewed():
    from oscar.core.loading import get_model

    return get_model("reviews", "ProductReview").objects.filter(status=1).order_by("pk").first()


def order(number: int, more: str = "") -> str:
    from oscar.core.loading import get_model

    made = get_model("order", "Order").objects.get(key=f"demo after {number}")
    return f"/panel/siparisler/{made.number}/{more}"


def of_buyer() -> dict[str, str]:
    review = reviewed()
    return {
        "order": order(2),
        "order with a return": order(3),
        "cancel": order(2, "1/iptal/"),
        "cancelled": order(1, "1/iptal/"),
        "send back": order(4, "1/iade/"),
        "returns": "/panel/iadeler/",
        "return asked": returned("asked").get_absolute_url(),
        "return sent": returned("sent").get_absolute_url(),
        "return accepted": returned("accepted").get_absolute_url(),
        "my reviews": "/panel/yorumlar/",
        "write a review": f"/panel/yorumlar/urun/{review.product_id}/",
        "report": f"/magaza/yorum/{reviewed().pk}/bildir/",
        "wishes": "/panel/istek-listesi/",
    }


def of_seller() -> dict[str, str]:
    return {
        "returns": f"{SELLER}/iadeler/",
        "not found": f"{SELLER}/iadeler/?kod=ZZZZ",
        "arrived": f"{SELLER}/iadeler/{returned('arrived').public_id}/",
        "refused": f"{SELLER}/iadeler/{returned('refused').public_id}/",
        "reviews": f"{SELLER}/yorumlar/",
        "answer": f"{SELLER}/yorumlar/{reviewed().pk}/",
    }


def of_everybody() -> dict[str, str]:
    from oscar.core.loading import get_model

    product = reviewed().product
    gone = get_model("customer", "ProductAlert").objects.select_related("product").first().product
    return {
        "about returns": "/iade/",
        "reviews": f"/magaza/{product.slug}_{product.pk}/yorumlar/",
        "no reviews": f"/magaza/{gone.slug}_{gone.pk}/yorumlar/",
        "product with stars": product.get_absolute_url(),
        "sold out": gone.get_absolute_url(),
    }


def test_pages_of_a_buyer(visit):
    visitor = visit(bypass_csp=True)
    visitor.sign_in()
    assert faults_by_page(visitor, of_buyer()) == {}


def test_pages_of_a_seller(visit):
    visitor = visit(bypass_csp=True)
    visitor.sign_in("satici3@ornek.test")
    assert faults_by_page(visitor, of_seller()) == {}


def test_pages_of_everybody(visit):
    assert faults_by_page(visit(bypass_csp=True), of_everybody()) == {}


@pytest.mark.parametrize("script", [True, False])
def test_sending_back_from_the_order_to_the_code(visit, script):
    """Announce a piece, read the code, keep it after all: as it was before."""
    visitor = visit(width=390, script=script)
    visitor.sign_in()
    page = visitor.go(order(6))
    page.click("a.button:has-text('Geri gönder')")
    page.fill("input.pieces", "9")
    page.click("text=İadeyi bildir")
    expect(page.locator(".error-summary")).to_be_visible()
    page.fill("input.pieces", "1")
    page.click("text=İadeyi bildir")
    expect(page.locator("h1 .after__code")).to_be_visible()
    visitor.keep_picture("return-announced")
    page.click("text=bende kalsın")
    expect(page.locator(".status").first).to_contain_text("Geri gönderilmedi")


def test_the_amount_stands_before_cancelling(visit):
    visitor = visit()
    visitor.sign_in()
    page = visitor.go(order(2, "1/iptal/"))
    page.fill("input.pieces >> nth=0", "1")
    page.fill("input.pieces >> nth=1", "0")
    page.click("text=Ne kadar geri geleceğini göster")
    expect(page.locator("form.card .facts")).to_contain_text("Toplam")
    visitor.keep_picture("cancel-amount")
    expect(page.locator("form.card button")).to_contain_text("İptal et")


def test_a_seller_finds_a_box_by_its_code(visit):
    visitor = visit(width=390)
    visitor.sign_in("satici3@ornek.test")
    row = returned("arrived")
    page = visitor.go(f"{SELLER}/iadeler/")
    page.fill("#return-code", row.code.lower())
    page.press("#return-code", "Enter")
    expect(page.locator("h1")).to_contain_text(row.code)
