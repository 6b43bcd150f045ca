"""A basket becomes an order: unpaid, frozen, with its stock put aside and its contracts stored.

One transaction. Whatever is not as the buyer confirmed it refuses the whole, in words that name the line;
nothing is ordered, and nobody was charged, since money comes after the order.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from oscar.core.loading import get_model

from core import journal

from .. import agreeing, events, locks, papers, quotes, rules, stock, tax
from ..agreeing import Agreed
from ..errors import AlreadyOrdered, BasketChanged, Change, NothingToOrder
from ..models import Contract
from ..order.parcels import SellerOrder
from ..papers import Paper, Texts
from ..quotes import Quote
from ..states import PARCELS, OrderStatus, ParcelStatus
from ..tax import TaxClass
from ..wishes import Wish
from . import writing

Basket = get_model("basket", "Basket")
Order = get_model("order", "Order")

DIGITS = 10


def place(
    *,
    key: str,
    basket: Any,
    user: Any = None,
    wish: Wish,
    agreed: Agreed,
    now: datetime,
    ip: str | None = None,
    locale: str = "tr",
) -> Any:
    """The order of this basket. With the same key and person it is the same order.

    Raises BasketChanged (also when somebody was quicker with the last piece), NothingToOrder,
    AlreadyOrdered (with another key), TextsMissing.
    """
    for last in (False, True):
        try:
            return _place(key, basket, user, wish, agreed, now, ip, locale)
        except IntegrityError as error:  # the key is known, or a number came twice
            if known := Order.objects.filter(key=key).first():
                return _same(known, basket, user)
            if last or "order_order_number" not in str(error):
                raise


def _same(known: Any, basket: Any, user: Any) -> Any:
    """Somebody else's key says no more than a wrong one."""
    is_hers = known.user_id == user.pk if user else known.basket_id == basket.pk and not known.user_id
    if not is_hers:
        raise NothingToOrder
    return known


@transaction.atomic
def _place(
    key: str, basket: Any, user: Any, wish: Wish, agreed: Agreed, now: datetime, ip: str | None, locale: str
) -> Any:
    basket = _open_basket(key, basket, user)
    if isinstance(basket, Order):
        return basket
    wanted, tags = _lock(basket)
    quote = quotes.make(basket, user=user, province=wish.ship_to.province, chosen=wish.deliveries, now=now)
    if quote.is_empty:
        raise NothingToOrder
    said, filled = papers.papers(quote, wish, now=now)
    if changes := agreeing.changes(agreed, quote, filled, wish):
        raise BasketChanged(changes)
    _put_aside(wanted, tags, quote)
    order = _order(key, basket, user, wish, quote, now, locale)
    parcels = _parcels(order, quote, _contracts(said, filled, now, ip, locale), now)
    writing.lines(order, quote, parcels)
    writing.discounts(order, quote)
    writing.uses(order, quote, user)
    Basket.objects.filter(pk=basket.pk).update(status=Basket.SUBMITTED, date_submitted=now)
    journal.write(events.ORDER_PLACED, actor=user, subject=order, data={"number": order.number})
    _settle_gift(order, parcels, now)
    return order


def _open_basket(key: str, basket: Any, user: Any) -> Any:
    """The basket, locked; or the order that a rival made of it with the same key meanwhile."""
    if not basket.pk:
        raise NothingToOrder
    locked = locks.basket(basket.pk)
    if locked.owner_id != getattr(user, "pk", None):
        raise NothingToOrder
    if locked.status == Basket.OPEN:
        return locked
    order = Order.objects.filter(basket=locked).order_by("-pk").first()
    if order is None:
        raise NothingToOrder
    if order.key != key:
        raise AlreadyOrdered(order)
    return order


def _lock(basket: Any) -> tuple[dict[int, int], dict[int, Any]]:
    """All that decides about this order, in the order of the house. Pieces by price tag, and the tags."""
    wanted: dict[int, int] = defaultdict(int)
    sellers = set()
    rows = basket.lines.values_list("stockrecord_id", "quantity", "stockrecord__partner__business_id")
    for tag, pieces, seller in rows:
        wanted[tag] += pieces
        sellers.add(seller)
    locks.businesses(sellers - {None})
    vouchers = sorted(locks.vouchers(basket=basket.pk), key=lambda one: one.date_created, reverse=True)
    basket._prefetched_objects_cache = {
        "vouchers": vouchers
    }  # as Oscar reads them: the first may exclude others
    locks.limited_offers()
    return wanted, stock.locked(wanted)


def _put_aside(wanted: dict[int, int], tags: dict[int, Any], quote: Quote) -> None:
    try:
        stock.put_aside(wanted, tags)
    except stock.SoldOut as error:  # cannot be while the rows are locked; said kindly if it ever is
        titles = [line.title for line in quote.lines if line.tag.pk in error.missing]
        raise BasketChanged([Change(title, str(error.message)) for title in titles]) from error


def _order(key: str, basket: Any, user: Any, wish: Wish, quote: Quote, now: datetime, locale: str) -> Any:
    delivery_vat = sum((share.delivery_vat for share in quote.shares), Decimal(0))
    return Order.objects.create(
        number=_number(),
        key=key,
        basket=basket,
        user=user,
        guest_email="" if user else wish.email,
        guest_name=wish.name,
        phone=wish.phone,
        invoice_to=wish.invoice_to.facts,
        shipping_address=writing.address(wish),
        currency="TRY",
        total_incl_tax=quote.total,
        total_excl_tax=quote.total - quote.vat,
        shipping_incl_tax=quote.delivery,
        shipping_excl_tax=quote.delivery - delivery_vat,
        status=OrderStatus.PENDING,
        date_placed=now,
        pay_until=now + rules.KEPT_FOR,
        locale=locale,
    )


def _number() -> str:
    """Says nothing about how many others there are."""
    return str(secrets.randbelow(9 * 10 ** (DIGITS - 1)) + 10 ** (DIGITS - 1))


def _contracts(
    said: Texts, filled: Sequence[Paper], now: datetime, ip: str | None, locale: str
) -> list[Contract]:
    return Contract.objects.bulk_create(
        Contract(
            business=paper.share.business,
            information=said.information,
            terms=said.terms,
            facts=paper.facts,
            sha256=paper.sha256,
            informed_at=now,
            agreed_at=now,
            ip=ip,
            locale=locale,
        )
        for paper in filled
    )


def _parcels(order: Any, quote: Quote, contracts: list[Contract], now: datetime) -> list[SellerOrder]:
    day = timezone.localdate(now)
    return SellerOrder.objects.bulk_create(
        SellerOrder(
            order=order,
            business=share.business,
            contract=contract,
            position=position,
            goods=share.goods,
            delivery=share.delivery,
            delivery_vat_percent=tax.percent(TaxClass.STANDARD, day),
            total=share.total,
            delivery_name=share.way.name if share.way else "",
            promised_on=share.way.arrives(day)[1] if share.way else None,
            placed_at=now,
        )
        for position, (share, contract) in enumerate(zip(quote.shares, contracts, strict=True), 1)
    )


def _settle_gift(order: Any, parcels: list[SellerOrder], now: datetime) -> None:
    """A voucher took off everything: there is nothing to pay, and nothing to wait for."""
    if order.total_incl_tax:
        return
    for parcel in parcels:
        PARCELS.move(parcel, ParcelStatus.NEW, event=events.PARCEL_PAID, **parcel.from_payment(now))
    Order.objects.filter(pk=order.pk).update(status=OrderStatus.PAID, pay_until=None)
    journal.write(events.ORDER_PAID, actor=order.user, subject=order, data={"number": order.number})
