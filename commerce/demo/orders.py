"""Demo orders in every state, through the verbs that people use; Ayşe buys from two sellers.

They lie days back, so the lists, the figures and the earnings of the sellers have something to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import stock, tax
from commerce.models import ShippingTerms
from commerce.models.talks import Side
from commerce.services import parcels, sweeping, talking
from commerce.states import CancelReason, Word
from finance import ledger
from finance.models import AccountKind
from payments import services as payments
from payments.services.accounts import wallet
from teams import demo as teams
from teams.kinds import Kind

Country = get_model("address", "Country")
Order = get_model("order", "Order")
Partner = get_model("partner", "Partner")
SellerOrder = get_model("order", "SellerOrder")
ShippingAddress = get_model("order", "ShippingAddress")
StockRecord = get_model("partner", "StockRecord")

BUYER, SELLERS_OWNER = "ayse@ornek.test", "kadir@ornek.test"
DELIVERY = Decimal("49.90")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NUMBERS = {"yurtici": "903118472610", "aras": "1234567890123"}


@dataclass(frozen=True)
class Story:
    """What became of an order: each seller's goods by place on the shelf, how long ago, how far it came."""

    goods: dict[str, tuple[int, ...]]  # seller → which of its goods
    days: int
    until: str
    carrier: str = "yurtici"


STORIES = [
    Story({"Çınar Mama": (0, 3), "Işık Pet Market": (1,)}, 0, "new"),
    Story({"Çınar Mama": (2,)}, 0, "accepted"),
    Story({"Çınar Mama": (1, 4)}, 0, "preparing"),
    Story({"Çınar Mama": (5,)}, 6, "late"),
    Story({"Çınar Mama": (0,), "Işık Pet Market": (2,)}, 3, "shipped", "aras"),
    Story({"Işık Pet Market": (4,)}, 4, "shipped"),
    Story({"Çınar Mama": (3,)}, 8, "delivered"),
    Story({"Çınar Mama": (2, 5)}, 15, "silent"),
    Story({"Çınar Mama": (4,), "Işık Pet Market": (0,)}, 26, "closed"),
    Story({"Çınar Mama": (1,)}, 40, "closed"),
    Story({"Çınar Mama": (0,)}, 12, "cancelled"),
]


def load() -> int:
    """Nothing where there is an order already. Returns how many were placed."""
    buyer = get_user_model().objects.filter(email=BUYER).first()
    if buyer is None or SellerOrder.objects.exists():
        return 0
    for name in ("Çınar Mama", "Işık Pet Market"):
        _business_of(Partner.objects.get(name=name))
    for number, story in enumerate(STORIES, 1):
        _tell(f"S-{88100 + number}", story, buyer)
    sweeping.close_due(now=timezone.now())
    return len(STORIES)


def _business_of(partner: Any) -> None:
    """Demo sellers that nobody made a business yet."""
    if partner.business_id is None:
        partner.business = teams.open_business(partner.name, Kind.SHOP, SELLERS_OWNER, "Kadıköy")
        partner.save(update_fields=["business"])
    terms = {"carrier": "yurtici", "days": 1}
    ShippingTerms.objects.get_or_create(business=partner.business, defaults=terms)


def _tell(number: str, story: Story, buyer: Any) -> None:
    at = timezone.now() - story.days * DAY - 2 * HOUR
    order = _place(number, story, buyer, at)
    _pay(order, buyer, at)
    for parcel in order.parcels.order_by("position"):
        _go_on(parcel, story, buyer, at)


def _go_on(parcel: Any, story: Story, buyer: Any, at: datetime) -> None:
    owner = parcel.business.memberships.owners().first().user
    if story.until == "cancelled":
        facts = {"reason": CancelReason.DAMAGED, "note": "Son paketin ağzı açılmış."}
        parcels.cancel(parcel=parcel, by=owner, now=at + 5 * HOUR, **facts)
    if story.until in ("new", "late", "cancelled"):
        _talk(parcel, story, buyer, owner, at)
        return
    parcels.accept(parcel=parcel, by=owner, now=at + HOUR / 4)
    if story.until == "accepted":
        return
    parcels.prepare(parcel=parcel, by=owner, now=at + HOUR)
    if story.until == "preparing":
        parcels.pick(parcel=parcel, lines=[parcel.lines.first().pk], by=owner)
        return
    sent = at + 20 * HOUR
    parcels.ship(parcel=parcel, carrier=story.carrier, tracking=NUMBERS[story.carrier], by=owner, now=sent)
    if story.until == "silent":
        sweeping.deliver_due(now=sent + 10 * DAY)
    elif story.until != "shipped":
        parcels.deliver(parcel=parcel, word=Word.BUYER, by=buyer, now=sent + 2 * DAY)


def _talk(parcel: Any, story: Story, buyer: Any, owner: Any, at: datetime) -> None:
    if story.until != "late":
        return
    asked: dict[str, Any] = {"parcel": parcel, "side": Side.BUYER, "by": buyer}
    talking.write(text="Merhaba, koli ne zaman yola çıkar?", now=at + 3 * DAY, **asked)
    told: dict[str, Any] = {"parcel": parcel, "side": Side.SELLER, "by": owner}
    talking.write(text="Ürünü depodan bekliyoruz, yarın çıkarıyoruz.", now=at + 4 * DAY, **told)
    talking.write(text="Bugün çıkmazsa iptal edeceğim.", now=at + 5 * DAY, **asked)


def _place(number: str, story: Story, buyer: Any, at: datetime) -> Any:
    """An order as the checkout leaves it."""
    chosen = {name: _tags(name, places) for name, places in story.goods.items()}
    tags = [tag for own in chosen.values() for tag in own]
    stock.allocate({tag.pk: 1 for tag in tags})
    delivery = DELIVERY * len(chosen)
    total = sum((tag.price for tag in tags), delivery)
    order = Order.objects.create(
        number=number,
        user=buyer,
        shipping_address=_address(buyer),
        currency="TRY",
        total_incl_tax=total,
        total_excl_tax=total,
        shipping_incl_tax=delivery,
        shipping_excl_tax=delivery,
        date_placed=at,
        pay_until=at + HOUR,
    )
    for position, own in enumerate(chosen.values(), 1):
        _parcel(order, position, own, at)
    return order


def _tags(seller: str, places: tuple[int, ...]) -> list[Any]:
    rows = StockRecord.objects.filter(partner__name=seller, num_in_stock__gte=6).order_by("partner_sku")
    known = list(rows.select_related("partner__business", "product"))
    return [known[place] for place in places]


def _parcel(order: Any, position: int, tags: list[Any], at: datetime) -> None:
    goods = sum((tag.price for tag in tags), Decimal(0))
    parcel = SellerOrder.objects.create(
        order=order,
        position=position,
        business=tags[0].partner.business,
        goods=goods,
        delivery=DELIVERY,
        total=goods + DELIVERY,
        placed_at=at,
    )
    for tag in tags:
        _line(order, parcel, tag)


def _line(order: Any, parcel: Any, tag: Any) -> None:
    kind = tag.product.effective_tax_class
    without = tag.price - tax.included_in(tag.price, kind)
    order.lines.create(
        parcel=parcel,
        product=tag.product,
        partner=tag.partner,
        partner_name=tag.partner.name,
        partner_sku=tag.partner_sku,
        stockrecord=tag,
        title=tag.product.get_title(),
        quantity=1,
        num_allocated=1,
        vat_percent=tax.percent(kind),
        withdrawal=tag.product.withdrawal,
        unit_price_incl_tax=tag.price,
        line_price_incl_tax=tag.price,
        line_price_excl_tax=without,
        line_price_before_discounts_incl_tax=tag.price,
        line_price_before_discounts_excl_tax=without,
    )


def _pay(order: Any, buyer: Any, at: datetime) -> None:
    """From her wallet, by credit given for it, so that no provider is asked about money it never saw."""
    total = order.total_incl_tax
    credit = [(ledger.account(AccountKind.PROMOTION), -total), (wallet(buyer), total)]
    ledger.post(key=f"demo credit {order.number}", kind="gift", legs=credit, now=at)
    things = list(order.parcels.order_by("pk"))
    payment = payments.start_payment(key=f"order {order.number}", payables=things, payer=buyer, now=at)
    payments.choose(payment=payment, provider="wallet", method="wallet", wallet_amount=total, now=at)


def _address(buyer: Any) -> Any:
    country, _is_new = Country.objects.get_or_create(
        iso_3166_1_a2="TR", defaults={"printable_name": "Türkiye", "name": "Türkiye"}
    )
    return ShippingAddress.objects.create(
        first_name=buyer.first_name,
        last_name=buyer.last_name,
        line1="Caferağa Mah. Moda Cad. No: 42 D: 7",
        line4="Kadıköy",
        state="İstanbul",
        postcode="34710",
        country=country,
    )
