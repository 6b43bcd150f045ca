"""The demo's sellers become businesses: with owners, a history of prices, a shared product, one that is held."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import goods, hand
from core import pictures
from teams import demo as teams

from . import PREFIX, upc
from .goods import SELLERS

Category = get_model("catalogue", "Category")
Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
ProductClass = get_model("catalogue", "ProductClass")
StockRecord = get_model("partner", "StockRecord")

CHAMBER = "İstanbul Evcil Hayvan Malzemecileri Odası, 34-1907"  # made up, as all of it
EXAMPLES = [
    teams.Example(SELLERS["I"], "shop", "satici1@ornek.test", "Beşiktaş", tax_number="1000000059"),
    teams.Example(SELLERS["C"], "shop", "satici2@ornek.test", "Kadıköy", tax_number="1000000067"),
    teams.Example(
        SELLERS["G"], "shop", "satici3@ornek.test", "Üsküdar", tax_number="1000000075", chamber=CHAMBER
    ),
]
# Days ago, share of the price now: raised, lowered; the last step is an honest discount of a week ago.
COURSE = [(120, "1.05"), (90, "1.15"), (50, "1.08"), (7, "1.00")]


def load() -> None:
    """Once; a demo without its people has no sellers of its own."""
    if Partner.objects.filter(code__startswith=PREFIX, business__isnull=False).exists():
        return
    if not get_user_model().objects.filter(email=EXAMPLES[0].owner).exists():
        return
    for example in EXAMPLES:
        _become_business(example)
    _price_history(1)
    _sold_by_two(2)
    _in_packs()
    _held()


def _become_business(example: teams.Example) -> None:
    partner = Partner.objects.filter(name=example.name, code__startswith=PREFIX).first()
    if partner is not None:
        partner.business = teams.open_verified(example)
        partner.save(update_fields=["business"])
        Product.objects.filter(stockrecords__partner=partner, owner=None).update(owner=partner)


def _price_history(number: int) -> None:
    """A fresh price tag that went through the course: what is known of a price only grows forward."""
    tag = StockRecord.objects.filter(product__upc=upc(number)).select_related("partner__business").first()
    if tag is None:
        return
    price, now = tag.price, timezone.now()
    fields = {"product": tag.product, "partner": tag.partner, "partner_sku": tag.partner_sku}
    numbers = {"num_in_stock": tag.num_in_stock, "low_stock_threshold": tag.low_stock_threshold}
    tag.delete()
    first, *later = [
        (now - timedelta(days=days), (price * Decimal(share)).quantize(Decimal("0.1")))
        for days, share in COURSE
    ]
    with hand.at_work(now=first[0]):
        made = StockRecord.objects.create(price=first[1], **fields, **numbers)
    for moment, amount in later:
        goods.set_price(record=made, price=amount, by=_owner(tag.partner), now=moment)


def _sold_by_two(number: int) -> None:
    product = Product.objects.filter(upc=upc(number)).first()
    tag = product and product.stockrecords.first()
    other = (
        tag
        and Partner.objects.filter(code__startswith=PREFIX).exclude(pk=tag.partner_id).order_by("pk").first()
    )
    if tag and other:
        offer = goods.Offer(f"{PREFIX}-ortak-{number}", tag.price + Decimal("9.90"), 8, 3)
        goods.add_offer(partner=other, product=product, offer=offer, by=_owner(other), now=timezone.now())


def _in_packs() -> None:
    """One product in three packs, the largest of them sold out, with English words."""
    partner = Partner.objects.filter(name=SELLERS["C"], code__startswith=PREFIX).first()
    kind, shelf = ProductClass.objects.order_by("pk").first(), Category.objects.filter(code="kus/yem").first()
    if not (partner and kind and shelf):
        return
    by, now = _owner(partner), timezone.now()
    english = ("Canary mix", "Canary seed, rape and oats. Keep it dry and dark.")
    facts = goods.Facts(
        "Kanarya karışımı",
        "Kuş yemi, kolza ve yulaf. Kuru ve karanlık yerde sakla.",
        "",
        "standard",
        "allowed",
        (shelf.pk,),
        texts={"en": english},
    )
    packs = [("500 g", "89.90", 24), ("1 kg", "164.90", 12), ("5 kg", "699.00", 0)]
    offers = [
        goods.Offer(f"{PREFIX}-paket-{place}", Decimal(price), stock, 3, pack)
        for place, (pack, price, stock) in enumerate(packs, 1)
    ]
    product = goods.make_product(partner=partner, kind=kind, facts=facts, offers=offers, by=by, now=now)
    jpeg = pictures.pack_png("bag", "quince", emblem="bird")
    goods.add_picture(product=product, jpeg=jpeg, by=by)
    goods.publish(partner=partner, product=product, by=by, now=now)


def _held() -> None:
    partner = Partner.objects.filter(name=SELLERS["G"], code__startswith=PREFIX).first()
    kind, shelf = (
        ProductClass.objects.order_by("pk").first(),
        Category.objects.filter(code="kedi/bakim").first(),
    )
    if partner and kind and shelf:
        facts = goods.Facts(
            "Pire tasması, kedi",
            "Örnek: böyle ürünler burada satılmaz, incelemeye alınır.",
            "",
            "standard",
            "allowed",
            (shelf.pk,),
        )
        offer = goods.Offer(f"{PREFIX}-inceleme", Decimal("149.90"), 4)
        goods.make_product(
            partner=partner, kind=kind, facts=facts, offers=[offer], by=_owner(partner), now=timezone.now()
        )


def _owner(partner: Any) -> Any:
    membership = partner.business.memberships.select_related("user").first() if partner.business else None
    return membership.user if membership else None
