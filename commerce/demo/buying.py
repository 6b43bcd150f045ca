"""Orders of the demo take the way of everybody: a basket, what was shown and confirmed, the verb."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from oscar.core.loading import get_class, get_model

from commerce import agreeing, papers, quotes, services
from commerce.wishes import Place, Wish
from payments import demo as payments

Basket = get_model("basket", "Basket")
Order = get_model("order", "Order")
Selector = get_class("partner.strategy", "Selector")

HOME = {
    "province": "34",
    "district": "Kadıköy",
    "neighbourhood": "Caferağa Mahallesi",
    "street": "Moda Caddesi",
}


def buy(*, key: str, buyer: Any, wanted: Sequence[tuple[Any, int]], at: datetime) -> Any:
    """Ordered and paid by transfer at that moment. `wanted`: price tags with pieces."""
    order = _place(key, buyer, wanted, at)
    parcels = list(order.parcels.order_by("pk"))
    payments.pay_by_transfer(key=f"order {order.number}", payables=parcels, payer=buyer, at=at)
    order.refresh_from_db()
    return order


def is_there(key: str) -> bool:
    return Order.objects.filter(key=key).exists()


def _place(key: str, buyer: Any, wanted: Sequence[tuple[Any, int]], at: datetime) -> Any:
    basket, wish = _basket(buyer, wanted), _wish(buyer)
    quote = quotes.make(basket, user=buyer, province=wish.ship_to.province, now=at)
    _texts, filled = papers.papers(quote, wish, now=at)
    agreed = agreeing.seen(quote, filled)
    return services.place(key=key, basket=basket, user=buyer, wish=wish, agreed=agreed, now=at)


def _basket(buyer: Any, wanted: Sequence[tuple[Any, int]]) -> Any:
    """Each line of the seller whose price tag it is."""
    basket = Basket.objects.create(owner=buyer)
    basket.strategy = Selector().strategy()
    for tag, pieces in wanted:
        line, _is_new = basket.add_product(tag.product, pieces)
        if line.stockrecord_id != tag.pk:
            line.stockrecord, line.price_incl_tax = tag, tag.price
            line.save()
    return basket


def _wish(buyer: Any) -> Wish:
    home = Place(name=buyer.get_full_name(), building="42", door="7", postcode="34710", **HOME)
    party = home.party(email=buyer.email)
    phone = "+905321234567"
    return Wish(email=buyer.email, name=home.name, phone=phone, ship_to=home, invoice_to=party)
