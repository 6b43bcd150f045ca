"""From the basket to the bank's page and back: a guest at a phone, a member at a desk."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from oscar.core.loading import get_model

from accounts.models import User
from booking.models import Offering
from tests.browser.looks import violations
from tests.browser.test_checkout import arrive, bank  # noqa: F401
from tests.factories import teams

pytestmark = pytest.mark.browser


@pytest.fixture
def goods(stack) -> list[Any]:
    """Two products of two sellers that are businesses."""
    Partner, StockRecord = get_model("partner", "Partner"), get_model("partner", "StockRecord")
    owner = User.objects.get(email="otel@ornek.test")
    for partner in Partner.objects.filter(business=None, stockrecords__isnull=False).distinct():
        partner.business = teams.verified(owner, partner.name, "shop", email="bilgi@ornek.test")
        partner.save()
    found: dict[int, Any] = {}
    tags = StockRecord.objects.filter(num_in_stock__gt=5, product__is_public=True, product__parent=None)
    for tag in tags.select_related("product").order_by("pk"):
        found.setdefault(tag.partner_id, tag.product)
    return list(found.values())[:2]


def fill(page: Any, base: str, goods: list[Any]) -> None:
    for product in goods:
        page.goto(base + product.get_absolute_url())
        page.get_by_role("button", name="Sepete ekle").first.click()
        page.wait_for_url("**/magaza/sepet/")


def address(page: Any) -> None:
    page.fill("[name=ship_name]", "Ayşe Yıldız")
    page.select_option("[name=ship_province]", "34")
    for name, value in {
        "district": "Beşiktaş",
        "neighbourhood": "Sinanpaşa",
        "street": "Ihlamurdere Caddesi",
        "building": "118",
        "postcode": "34353",
    }.items():
        page.fill(f"[name=ship_{name}]", value)


def looked_at(guest: Any, name: str) -> None:
    guest.keep_picture(name)


def confirm_and_pay(guest: Any, page: Any) -> None:
    """At the bank, whatever other tests have left in her wallet."""
    if page.locator("[name=use_wallet]").count():
        page.uncheck("[name=use_wallet]")
    page.get_by_role("button", name="Siparişi onayla ve").click()
    page.get_by_role("heading", name="Bir şey eksik").wait_for()
    looked_at(guest, f"siparis-onay-eksik-{guest.width}")
    page.check("[name=informed]")
    page.check("[name=accepted]")
    page.get_by_role("button", name="Siparişi onayla ve").click()
    page.locator("button.pay").click()
    page.get_by_role("heading", name="ödendi").wait_for()
    page.get_by_role("link", name="Aldığını gör").click()
    page.get_by_role("heading", name="Sipariş ").first.wait_for()


def test_a_guest_at_a_phone(visit, bank, goods):  # noqa: F811
    guest = visit(width=390)
    guest.width = 390
    guest.stack = SimpleNamespace(url=bank[1], postbox=guest.stack.postbox)
    page = guest.page
    fill(page, bank[1], goods)
    looked_at(guest, "siparis-sepet-390")
    page.get_by_role("link", name="Teslimata geç").click()
    page.fill("[name=email]", "misafir@ornek.test")
    page.fill("[name=name]", "Ayşe Yıldız")
    page.fill("[name=phone]", "0532 123 45 67")
    address(page)
    looked_at(guest, "siparis-teslimat-390")
    page.get_by_role("button", name="Ödemeye geç").click()
    page.get_by_role("heading", name="Okuyup onayla").wait_for()
    looked_at(guest, "siparis-odeme-390")
    confirm_and_pay(guest, page)
    looked_at(guest, "siparis-sayfa-390")


def test_a_member_at_a_desk(visit, bank, goods):  # noqa: F811
    guest = arrive(visit, bank[1])
    guest.width = 1440
    page = guest.page
    fill(page, bank[1], goods)
    looked_at(guest, "siparis-sepet-1440")
    page.get_by_role("link", name="Teslimata geç").click()
    page.fill("[name=phone]", "0532 123 45 67")
    if page.locator("[name=address][type=radio]").count():
        page.check("[name=address][value=new]")
    address(page)
    looked_at(guest, "siparis-teslimat-1440")
    page.get_by_role("button", name="Ödemeye geç").click()
    page.get_by_role("heading", name="Okuyup onayla").wait_for()
    looked_at(guest, "siparis-odeme-1440")
    confirm_and_pay(guest, page)
    looked_at(guest, "siparis-sayfa-1440")
    guest.go("/panel/siparisler/")
    looked_at(guest, "siparisler-1440")


@pytest.mark.parametrize("width", [390, 1440])
def test_a_kept_time_is_paid_with_the_basket(visit, bank, goods, width):  # noqa: F811
    guest = arrive(visit, bank[1], width, bypass_csp=True)
    guest.width = width
    page = guest.page
    offering = Offering.objects.get(name="Aşı", business__slug="ihlamur-veteriner")
    week = timezone.localdate() + timedelta(days=7 if width == 390 else 14)
    page.goto(f"{bank[1]}{offering.get_absolute_url()}?hafta={week}")
    page.locator(".booking__pets .choice").first.click()
    page.locator(".slot:visible").nth(1).click()
    page.click("#hold button[type=submit]")
    page.get_by_role("heading", name="Nasıl ödemek istersin?").wait_for()
    fill(page, bank[1], goods[:1])
    page.get_by_role("link", name="Teslimata geç").click()
    page.fill("[name=phone]", "0532 123 45 67")
    if page.locator("[name=address][type=radio]").count():
        page.check("[name=address][value=new]")
    address(page)
    page.get_by_role("button", name="Ödemeye geç").click()
    page.get_by_role("button", name="Bu ödemeye ekle").last.click()  # others may still be kept
    page.get_by_role("button", name="Çıkar").wait_for()
    assert violations(page) == []
    looked_at(guest, f"birlikte-ode-{width}")
    confirm_and_pay(guest, page)
    guest.go("/panel/randevular/")
    page.get_by_role("link", name="Aşı").first.wait_for()
