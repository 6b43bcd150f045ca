"""Pages of a seller on the screen: products, one product, stock, import; and what buyers see of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looks import faults_by_page

pytestmark = pytest.mark.browser
SHOP = "/isletme/isik-pet-market"


def pages() -> dict[str, str]:
    from oscar.core.loading import get_model

    from commerce.models import PriceChange

    Record = get_model("partner", "StockRecord")
    own = Record.objects.filter(partner__business__slug="isik-pet-market")
    moved = PriceChange.objects.filter(record__in=own.values("pk")).exclude(by=None).latest("pk")
    product = own.get(pk=moved.record_id).product
    held = get_model("catalogue", "Product").objects.filter(review="held").first()
    return {
        "products": f"{SHOP}/urunler/",
        "nothing found": f"{SHOP}/urunler/?q=zzzz",
        "new": f"{SHOP}/urunler/yeni/",
        "facts": f"{SHOP}/urunler/{product.pk}/",
        "offers": f"{SHOP}/urunler/{product.pk}/fiyat/",
        "pictures": f"{SHOP}/urunler/{product.pk}/gorseller/",
        "stock": f"{SHOP}/stok/",
        "imports": f"{SHOP}/urunler/ice-aktar/",
        "held": f"/isletme/gunes-ambar/urunler/{held.pk}/",
        "with a discount": product.get_absolute_url(),
    }


def test_pages_of_a_seller_are_accessible_and_fit(visit):
    found = pages()
    held = {"held": found.pop("held")}
    visitor = visit(bypass_csp=True)
    visitor.sign_in("satici1@ornek.test")
    assert faults_by_page(visitor, found) == {}
    other = visit(bypass_csp=True)
    other.sign_in("satici3@ornek.test")
    assert faults_by_page(other, held) == {}


@pytest.mark.parametrize("script", [True, False])
def test_a_file_is_brought_in(visit, script):
    visitor = visit(script=script)
    visitor.sign_in("satici1@ornek.test")
    page = visitor.go(f"{SHOP}/urunler/ice-aktar/")
    code = "T-1" if script else "T-2"
    content = f"Stok kodu;Başlık;Fiyat\n{code};Deneme tasması;129,90\n{code};Tekrar;1\n"
    page.set_input_files("[name=file]", {"name": "u.csv", "mimeType": "text/csv", "buffer": content.encode()})
    page.click("main form button[type=submit]")
    for _ in range(40):
        if page.get_by_text("Onayını bekliyor").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.get_by_role("cell", name="Önceki bir satırda da bu var.")).to_be_visible()
    page.get_by_role("button", name="Yaz", exact=True).click()
    for _ in range(40):
        if page.get_by_text("Yazıldı").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.get_by_text("Yazıldı").first).to_be_visible()
