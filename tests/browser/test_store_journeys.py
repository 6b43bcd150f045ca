"""From the basket to the money back, and a seller's file that is taken back: at a phone and at a desk."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from oscar.core.loading import get_model
from playwright.sync_api import Page, expect

from commerce.models import ReturnRequest
from tests.browser.looks import violations
from tests.browser.test_checkout import bank  # noqa: F401
from tests.browser.test_store_checkout import address, fill
from tests.stack import wait_for

pytestmark = pytest.mark.browser
SHOP, OWNER = "cinar-mama", "satici2@ornek.test"
OTHER = "isik-pet-market"
NUMBER = "903118472610"
widths = pytest.mark.parametrize("width", [390, 1440])


@pytest.fixture
def arrive(visit, bank):  # noqa: F811
    """Somebody at the server that knows the bank."""

    def come(width: int, email: str = "") -> Any:
        guest = visit(width=width, bypass_csp=True)
        guest.stack = SimpleNamespace(url=bank[1], postbox=guest.stack.postbox)
        if email:
            guest.sign_in(email)
        return guest

    return come


def goods() -> list[Any]:
    """One of each shop, with enough in stock for every journey."""
    tags = get_model("partner", "StockRecord").objects.filter(num_in_stock__gt=20, product__parent=None)
    tags = tags.filter(product__is_public=True, product__structure="standalone").select_related("product")
    return [
        tags.filter(partner__business__slug=slug).order_by("pk").first().product for slug in (SHOP, OTHER)
    ]


def is_fine(guest: Any, name: str) -> None:
    guest.keep_picture(f"yol-{name}-{guest.page.viewport_size['width']}")
    assert violations(guest.page) == []
    assert not guest.page.evaluate("document.documentElement.scrollWidth > innerWidth")


def buy(guest: Any, email: str) -> str:
    """By a guest, of two sellers, paid on the page of the bank. The number of the order."""
    page = guest.page
    fill(page, guest.stack.url, goods())
    is_fine(guest, "sepet")
    page.get_by_role("link", name="Teslimata geç").click()
    page.fill("[name=email]", email)
    page.fill("[name=name]", "Ayşe Yıldız")
    page.fill("[name=phone]", "0532 123 45 67")
    address(page)
    is_fine(guest, "teslimat")
    page.get_by_role("button", name="Ödemeye geç").click()
    page.get_by_role("heading", name="Okuyup onayla").wait_for()
    page.check("[name=informed]")
    page.check("[name=accepted]")
    is_fine(guest, "onay")
    page.get_by_role("button", name="Siparişi onayla ve").click()
    page.locator("button.pay").click()
    page.get_by_role("heading", name="ödendi").wait_for()
    page.get_by_role("link", name="Aldığını gör").click()
    heading = page.get_by_role("heading", name="Sipariş ", level=1)
    heading.wait_for()
    return heading.inner_text().split()[-1]


def link_from_mail(guest: Any, email: str, number: str) -> str:
    """The guest's way back to the order, without an account."""

    def found() -> list[str]:
        texts = [
            mail.get_body(("plain",)).get_content()
            for mail in guest.stack.postbox.messages
            if email in str(mail["To"])
        ]
        return [one for text in texts for one in re.findall(rf"/siparis/{number}/\?anahtar=\S+", text)]

    wait_for(found, 60, "a mail with the way to the order")
    return found()[-1]


def parcel_of(page: Page, shop: str) -> Any:
    return page.locator(".order-parcel", has_text=shop)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state("networkidle")


def ship(seller: Any, number: str) -> None:
    page = seller.go(f"/isletme/{SHOP}/magaza/siparisler/?q={number}")
    page.get_by_role("link", name=number).first.click()
    press(page, "Onayla")
    press(page, "Hazırlamaya başla")
    page.select_option("[name=carrier]", "yurtici")
    page.fill("[name=tracking]", NUMBER)
    press(page, "Kargoya verildi")
    is_fine(seller, "satici-kargoda")


@widths
def test_a_guest_buys_follows_and_gets_the_money_back(arrive, width):
    email = f"misafir{width}@ornek.test"
    guest, seller = arrive(width), arrive(width, OWNER)
    number = buy(guest, email)
    ship(seller, number)

    later = arrive(width)  # another day, another browser: the mail leads back
    page = later.go(link_from_mail(guest, email, number))
    expect(parcel_of(page, "Çınar Mama")).to_contain_text(NUMBER)
    expect(parcel_of(page, "Işık Pet Market")).to_contain_text("Onay bekliyor")
    is_fine(later, "siparis")

    parcel_of(page, "Çınar Mama").get_by_role("link", name="Geri gönder").click()
    page.locator("input.pieces").first.fill("1")
    press(page, "İadeyi bildir")
    code = page.locator("h1 .after__code").inner_text().replace(" ", "")
    page.fill("[name=tracking]", NUMBER)
    press(page, "Gönderdim")
    announced = page.locator(".facts strong.price").inner_text()
    is_fine(later, "iade-yolda")

    desk = seller.go(f"/isletme/{SHOP}/iadeler/")
    desk.fill("#return-code", code)
    desk.press("#return-code", "Enter")
    press(desk, "Ulaştı")
    is_fine(seller, "iade-ulasti")
    press(desk, "iade et")
    expect(desk.locator(".status").first).to_contain_text("Kabul edildi")

    page.reload()
    expect(page.locator(".status").first).to_contain_text("Kabul edildi")
    row = ReturnRequest.objects.get(code=code, parcel__order__number=number)
    given = row.parcel
    assert row.amount == given.total == given.refunded  # all of it, with its first delivery
    expect(page.locator(".facts strong.price")).to_have_text(announced)
    is_fine(later, "iade-bitti")


@widths
def test_a_seller_takes_a_file_back(arrive, width):
    seller = arrive(width, "satici1@ornek.test")
    page = seller.go(f"/isletme/{OTHER}/urunler/ice-aktar/")
    code = f"YOL-{width}"
    text = f"Stok kodu;Başlık;Fiyat\n{code};Yolculuk tası;129,90\n{code}-2;Fiyatı okunmayan;on lira\n"
    page.set_input_files("[name=file]", {"name": "u.csv", "mimeType": "text/csv", "buffer": text.encode()})
    page.click("main form button[type=submit]")
    _until(page, "Onayını bekliyor")
    expect(page.locator(".import__error")).to_contain_text("Fiyat")
    is_fine(seller, "dosya-okundu")
    press(page, "Yaz")
    _until(page, "Yazıldı")
    made = get_model("partner", "StockRecord").objects.filter(partner_sku__startswith=code)
    assert [one.partner_sku for one in made] == [code]
    is_fine(seller, "dosya-yazildi")
    press(page, "Geri al")
    _until(page, "Geri alındı")
    is_fine(seller, "dosya-geri")
    assert not made.all().exists()


def _until(page: Page, words: str) -> None:
    """The worker goes on by itself; the page asks how far it is."""

    def said() -> bool:
        page.reload()
        return page.locator("main").get_by_text(words).count() > 0

    wait_for(said, 60, words)
