"""The frozen rows of an order, each kind in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import F
from oscar.core.loading import get_model

from .. import quotes, tax
from ..order.parcels import SellerOrder
from ..quotes import Discount, Quote
from ..wishes import Wish

ConditionalOffer = get_model("offer", "ConditionalOffer")
Country = get_model("address", "Country")
Line = get_model("order", "Line")
LineAttribute = get_model("order", "LineAttribute")
OrderDiscount = get_model("order", "OrderDiscount")
OrderLineDiscount = get_model("order", "OrderLineDiscount")
ShippingAddress = get_model("order", "ShippingAddress")
Voucher = get_model("voucher", "Voucher")
VoucherApplication = get_model("voucher", "VoucherApplication")


def address(wish: Wish) -> Any:
    first, _space, family = wish.ship_to.name.strip().rpartition(" ")
    return ShippingAddress.objects.create(
        first_name=first or family,
        last_name=family if first else "",
        line1=wish.ship_to.street_line,
        line4=wish.ship_to.district,
        state=wish.ship_to.city,
        postcode=wish.ship_to.postcode,
        phone_number=wish.phone,
        country=Country(pk="TR", printable_name="Türkiye"),  # there since migration order.0023
    )


def lines(order: Any, quote: Quote, parcels: Sequence[SellerOrder]) -> None:
    pairs = [
        (line, parcel) for share, parcel in zip(quote.shares, parcels, strict=True) for line in share.lines
    ]
    written = Line.objects.bulk_create(_line(order, line, parcel) for line, parcel in pairs)
    quote_of = dict(zip((row.pk for row in written), (line for line, _parcel in pairs), strict=True))
    _attributes(quote_of)
    order.frozen_lines = quote_of  # for the discounts of each line


def _line(order: Any, line: quotes.Line, parcel: SellerOrder) -> Any:
    vat_of_unit = tax.included_in(line.unit, line.tax_class)
    return Line(
        order=order,
        parcel=parcel,
        partner=line.tag.partner,
        partner_name=line.tag.partner.name,
        partner_sku=line.tag.partner_sku,
        stockrecord=line.tag,
        product=line.product,
        title=line.title,
        upc=line.product.upc,
        quantity=line.quantity,
        num_allocated=line.quantity,
        vat_percent=tax.percent(line.tax_class),
        tax_code=line.tax_class,
        withdrawal=line.withdrawal,
        unit_price_incl_tax=line.unit,
        unit_price_excl_tax=line.unit - vat_of_unit,
        line_price_incl_tax=line.price,
        line_price_excl_tax=line.price - line.vat,
        line_price_before_discounts_incl_tax=line.before,
        line_price_before_discounts_excl_tax=line.before - tax.included_in(line.before, line.tax_class),
    )


def _attributes(written: dict[int, quotes.Line]) -> None:
    """What was chosen for a line (an engraved name)."""
    rows = [
        LineAttribute(line_id=pk, option=one.option, type=one.option.code, value=one.value)
        for pk, line in written.items()
        if "attributes" in getattr(line.row, "_prefetched_objects_cache", {})
        for one in line.row.attributes.all()
    ]
    if rows:
        LineAttribute.objects.bulk_create(rows)


def discounts(order: Any, quote: Quote) -> None:
    """What each offer took off, over the order and from each line."""
    if not quote.discounts:
        return
    rows = OrderDiscount.objects.bulk_create(_discount(order, one) for one in quote.discounts)
    by_offer = {row.offer_id: row for row in rows if row.category == OrderDiscount.BASKET}
    OrderLineDiscount.objects.bulk_create(
        OrderLineDiscount(line_id=pk, order_discount=by_offer[offer], is_incl_tax=True, amount=amount)
        for pk, line in order.frozen_lines.items()
        for offer, amount in line.discounts.items()
        if offer in by_offer
    )


def _discount(order: Any, one: Discount) -> Any:
    return OrderDiscount(
        order=order,
        category=OrderDiscount.SHIPPING if one.is_delivery else OrderDiscount.BASKET,
        offer_id=one.offer.pk,
        offer_name=one.offer.name,
        voucher_id=one.voucher.pk if one.voucher else None,
        voucher_code=one.voucher.code if one.voucher else "",
        frequency=one.frequency,
        amount=one.amount,
    )


def uses(order: Any, quote: Quote, user: Any) -> None:
    """Offers and vouchers count what was used of them; by the database, so rivals do not overwrite it."""
    for one in sorted(quote.discounts, key=lambda found: found.offer.pk):
        count(ConditionalOffer, one.offer.pk, amount=one.amount, num_orders=1, num_applications=one.frequency)
    vouchers: dict[int, Decimal] = {}
    for one in quote.discounts:
        if one.voucher:
            vouchers[one.voucher.pk] = vouchers.get(one.voucher.pk, Decimal(0)) + one.amount
    for pk, amount in sorted(vouchers.items()):
        VoucherApplication.objects.create(voucher_id=pk, order=order, user=user)
        count(Voucher, pk, amount=amount, num_orders=1)


def count(kind: Any, pk: int, *, amount: Decimal, **figures: int) -> None:
    changes = {name: F(name) + more for name, more in figures.items()}
    kind.objects.filter(pk=pk).update(total_discount=F("total_discount") + amount, **changes)
