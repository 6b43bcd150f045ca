"""What a basket costs now: by seller, with delivery, offers and vouchers, to the kuruş.

Basket, checkout and `services.place` read the same figures here: a line's `price` is what is left of it after
discounts; lines sum to a seller's `goods`, `goods` + `delivery` to its `total`, totals to the order's.
The number of queries does not depend on the number of lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from oscar.core.loading import get_class, get_model

from core import money
from teams import modules
from teams.models import ModuleSwitch
from teams.states import Status

from . import delivery, tax
from .catalogue.models import Product
from .tax import TaxClass

Applicator = get_class("offer.applicator", "Applicator")
BasketLine = get_model("basket", "Line")
Selector = get_class("partner.strategy", "Selector")

NOTHING = Decimal(0)
PLAIN_REFERENCE = 1  # underscores in the reference of a line without options


@dataclass
class Line:
    """`discounts`: what each offer (by number) takes off this line; they sum to `discount`."""

    row: Any
    unit: Decimal
    before: Decimal
    discounts: dict[int, Decimal]
    problem: str

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def product(self) -> Product:
        return self.row.product

    @property
    def tag(self) -> Any:
        return self.row.stockrecord

    @property
    def title(self) -> str:
        return self.product.get_title()

    @property
    def quantity(self) -> int:
        return self.row.quantity

    @property
    def discount(self) -> Decimal:
        return sum(self.discounts.values(), NOTHING)

    @property
    def price(self) -> Decimal:
        return self.before - self.discount

    @property
    def tax_class(self) -> str:
        return self.product.effective_tax_class

    @property
    def vat(self) -> Decimal:
        return tax.included_in(self.price, self.tax_class)

    @property
    def withdrawal(self) -> str:
        """A variant may be sent back as the product it is a variant of."""
        return self.product.parent.withdrawal if self.product.is_child else self.product.withdrawal


@dataclass
class Share:
    """What one seller sends. `way` None: this seller does not deliver there."""

    partner: Any
    lines: list[Line]
    every_way: list[delivery.Way]
    ways: list[delivery.Way]  # of these, those that go to the province
    way: delivery.Way | None
    delivery: Decimal = NOTHING
    delivery_discount: Decimal = NOTHING

    @property
    def business(self) -> Any:
        return self.partner.business

    @property
    def name(self) -> str:
        return self.business.name if self.business else self.partner.display_name

    def goes_to(self, province: str) -> bool:
        return any(way.goes_to(province) for way in self.every_way)

    @property
    def goods(self) -> Decimal:
        return sum((line.price for line in self.lines), NOTHING)

    @property
    def total(self) -> Decimal:
        return self.goods + self.delivery

    @property
    def delivery_vat(self) -> Decimal:
        return tax.included_in(self.delivery, TaxClass.STANDARD)

    @property
    def vat(self) -> Decimal:
        return sum((line.vat for line in self.lines), self.delivery_vat)


@dataclass(frozen=True)
class Discount:
    """What one offer takes off, over all lines or off the delivery."""

    offer: Any
    voucher: Any
    amount: Decimal
    frequency: int
    is_delivery: bool = False

    @property
    def name(self) -> str:
        return self.voucher.name if self.voucher else self.offer.name


@dataclass(frozen=True)
class Used:
    """A voucher in the basket; `problem` says why it takes nothing off."""

    voucher: Any
    problem: str


@dataclass
class Quote:
    shares: list[Share]
    discounts: list[Discount] = field(default_factory=list)
    vouchers: list[Used] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [line for share in self.shares for line in share.lines]

    @property
    def is_empty(self) -> bool:
        return not self.shares

    @property
    def goods(self) -> Decimal:
        return sum((share.goods for share in self.shares), NOTHING)

    @property
    def before(self) -> Decimal:
        return sum((line.before for line in self.lines), NOTHING)

    @property
    def delivery(self) -> Decimal:
        return sum((share.delivery for share in self.shares), NOTHING)

    @property
    def total(self) -> Decimal:
        return self.goods + self.delivery

    @property
    def vat(self) -> Decimal:
        return sum((share.vat for share in self.shares), NOTHING)

    @property
    def can_be_ordered(self) -> bool:
        is_fine = all(not line.problem for line in self.lines) and all(share.way for share in self.shares)
        return bool(self.shares) and is_fine


def make(
    basket: Any,
    *,
    user: Any = None,
    province: str = "",
    chosen: Mapping[int, str] | None = None,
    now: datetime,
    strategy: Any = None,
) -> Quote:
    """The basket as it stands in the database now. Its offers are applied anew."""
    rows = _load(basket, strategy)
    if not rows:
        return Quote([])
    Applicator().apply(basket, user or AnonymousUser())
    closed = _closed({row.stockrecord.partner.business_id for row in rows} - {None})
    wanted: dict[int, int] = defaultdict(int)
    for row in rows:
        wanted[row.stockrecord_id] += row.quantity
    lines = [_line(row, wanted[row.stockrecord_id], closed) for row in rows]
    quote = Quote(_shares(lines, province, chosen or {}))
    quote.discounts = [*_of_goods(basket, quote.lines), *_of_delivery(basket, quote.shares)]
    quote.vouchers = [_used(voucher, user, quote) for voucher in basket.vouchers.all()]
    return quote


def _load(basket: Any, strategy: Any = None) -> list[Any]:
    """Oscar keeps the lines it reads first; these come with all that a quote asks them for."""
    if not basket.pk:
        return []
    rows = basket.lines.select_related(
        "product__product_class",
        "product__parent__product_class",
        "stockrecord__partner__business",
    ).order_by("pk")
    basket.strategy = strategy or Selector().strategy()
    basket.reset_offer_applications()
    basket._lines = rows
    found = list(rows)
    with_options = [row for row in found if row.line_reference.count("_") > PLAIN_REFERENCE]
    prefetch_related_objects(with_options, "attributes__option")
    if not hasattr(basket, "_prefetched_objects_cache") or "vouchers" not in basket._prefetched_objects_cache:
        prefetch_related_objects([basket], "vouchers")
    return found


def _closed(businesses: Iterable[int]) -> set[int]:
    """Those that have switched their store off."""
    off = ModuleSwitch.objects.filter(business__in=list(businesses), module=modules.STORE, is_on=False)
    return set(off.values_list("business_id", flat=True))


def _line(row: Any, wanted: int, closed: set[int]) -> Line:
    unit = row.stockrecord.price or NOTHING
    before = money.lira(unit * row.quantity)
    return Line(row, unit, before, _discounts(row, before), _problem(row, wanted, closed))


def _discounts(row: Any, before: Decimal) -> dict[int, Decimal]:
    """Oscar counts finer than a kuruş and may take off more than there is; the line does neither."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    for one in row.discounts:
        found[one.offer.pk] += one.amount
    off = min(before, money.lira(sum(found.values(), NOTHING)))
    if off <= 0:
        return {}
    return dict(zip(found, money.split(off, list(found.values())), strict=True))


def _problem(row: Any, wanted: int, closed: set[int]) -> str:
    """Why this line cannot be ordered now, in words for its buyer."""
    product, tag = row.product, row.stockrecord
    if not product.is_public or (product.is_child and not product.parent.is_public) or tag.price is None:
        return _("This product is not sold any more. Remove it to go on.")
    availability = row.purchase_info.availability
    if not availability.is_available_to_buy:
        return _("This product has sold out. Remove it to go on.")
    if not availability.is_purchase_permitted(wanted)[0]:
        left = {"number": availability.num_available}
        return _("Only %(number)d left. Lower the quantity to go on.") % left
    if not _sells(tag.partner, closed):
        return _("This seller is not selling at the moment. Remove it to go on.")
    return ""


def _sells(partner: Any, closed: set[int]) -> bool:
    business = partner.business
    is_open = business is not None and business.status == Status.VERIFIED and business.pk not in closed
    return is_open and partner.is_selling


def _shares(lines: list[Line], province: str, chosen: Mapping[int, str]) -> list[Share]:
    by_partner: dict[Any, list[Line]] = defaultdict(list)
    for line in lines:
        by_partner[line.tag.partner].append(line)
    ways = delivery.ways_of({one.business_id for one in by_partner if one.business_id})
    shares = []
    for partner, own in by_partner.items():
        every = ways.get(partner.business_id, [delivery.standard()])
        fit = [way for way in every if way.goes_to(province)]
        wished = chosen.get(partner.business_id, "")
        way = next((one for one in fit if one.key == wished), fit[0] if fit else None)
        share = Share(partner, own, every, fit, way)
        share.delivery = way.cost(share.goods) if way else NOTHING
        shares.append(share)
    return shares


def _of_goods(basket: Any, lines: list[Line]) -> list[Discount]:
    amounts: dict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        for offer, amount in line.discounts.items():
            amounts[offer] += amount
    return [
        Discount(one["offer"], one["voucher"], amounts[one["offer"].pk], one["freq"])
        for one in basket.offer_applications
        if amounts[one["offer"].pk]
    ]


def _of_delivery(basket: Any, shares: list[Share]) -> list[Discount]:
    """An offer on delivery counts once for the order; each seller's delivery carries its share."""
    found = []
    for one in basket.offer_applications:
        costs = [share.delivery for share in shares]
        if not one["result"].affects_shipping or not sum(costs):
            continue
        off = min(sum(costs), money.lira(one["offer"].shipping_discount(sum(costs))))
        for share, part in zip(shares, money.split(off, costs), strict=True):
            share.delivery -= part
            share.delivery_discount += part
        if off:
            found.append(Discount(one["offer"], one["voucher"], off, one["freq"], is_delivery=True))
    return found


def _used(voucher: Any, user: Any, quote: Quote) -> Used:
    if any(one.voucher and one.voucher.pk == voucher.pk for one in quote.discounts):
        return Used(voucher, "")
    if not voucher.is_active():
        return Used(voucher, _("This voucher has run out."))
    is_hers, why = voucher.is_available_to_user(user=user or AnonymousUser())
    return Used(voucher, _("This voucher takes nothing off this basket.") if is_hers else str(why))
