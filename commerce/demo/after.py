"""What follows a sale, in demo: a seller with orders of two buyers that were cancelled, sent back, reviewed.

Everything goes through the verbs that people use; only the parcels are carried by hand.
"""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone
from oscar.core.loading import get_model
from PIL import Image, ImageDraw

from commerce import events, stock, tax
from commerce.services import alerts, cancelling, returning, reviews
from commerce.states import PARCELS, ParcelStatus
from payments import demo as payments
from teams import demo as teams
from teams.kinds import Kind

Country = get_model("address", "Country")
Order = get_model("order", "Order")
Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
ProductReview = get_model("reviews", "ProductReview")
SellerOrder = get_model("order", "SellerOrder")
ShippingAddress = get_model("order", "ShippingAddress")
StockRecord = get_model("partner", "StockRecord")
WishList = get_model("wishlists", "WishList")

SELLER, OWNER = "Güneş Ambar", "kadir@ornek.test"
BUYERS = ("ayse@ornek.test", "otel@ornek.test")
DELIVERY = Decimal("49.90")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SAID = [  # of Ayşe, of Meral: stars, title, words, answer
    (
        5,
        "Üç günde alıştı",
        "Eski mamasına karıştırarak verdim, üçüncü gün kâseyi yaladı.",
        "Afiyet olsun Pamuk’a!",
    ),
    (2, "Paketi ezik geldi", "Ürün iyi ama kutunun köşesi ezilmişti, taneler kırılmıştı.", ""),
]


def load() -> int:
    """Nothing where one of these orders is there already. Returns how many were placed."""
    people = {user.email: user for user in get_user_model().objects.filter(email__in=[*BUYERS, OWNER])}
    if len(people) < 3 or Order.objects.filter(number__startswith="S-882").exists():
        return 0
    partner = Partner.objects.get(name=SELLER)
    if partner.business_id is None:
        partner.business = teams.open_business(SELLER, Kind.SHOP, OWNER, "Kadıköy")
        partner.save(update_fields=["business"])
    rows = StockRecord.objects.filter(partner=partner, num_in_stock__gte=8).order_by("partner_sku")
    tags = list(rows.select_related("product", "partner__business")[:5])
    return _tell(tags, *(people[email] for email in (*BUYERS, OWNER)))


def _tell(tags: list[Any], ayse: Any, meral: Any, kadir: Any) -> int:
    now = timezone.now()
    given = {"by": ayse, "now": now - 3 * HOUR}
    cancelling.cancel(parcel=_paid("S-88201", ayse, tags[:1], now - 5 * HOUR), key="demo 1", **given)
    _paid("S-88202", ayse, tags[1:3], now - 2 * HOUR)  # can still be cancelled
    _announced("S-88203", ayse, tags[:1], now - 5 * DAY, key="demo 3")
    sent = _announced("S-88204", ayse, tags[1:2], now - 6 * DAY, key="demo 4")
    number = {"carrier": "Yurtiçi Kargo", "tracking": "903118472611"}
    returning.send(row=sent, by=ayse, now=now - DAY, **number)
    arrived = _announced("S-88205", meral, tags[:1], now - 6 * DAY, key="demo 5", ground="damaged")
    returning.arrive(row=arrived, by=kadir, now=now)
    accepted = _announced("S-88206", ayse, tags[2:3], now - 9 * DAY, key="demo 6")
    returning.arrive(row=accepted, by=kadir, now=now - 4 * DAY)
    returning.accept(row=accepted, restock=True, by=kadir, now=now - 4 * DAY + HOUR)
    _disputed(meral, kadir, tags[3:4], now)
    _reviews(ayse, meral, kadir, tags, now)
    _wishes(ayse, tags, now)
    return 8


def _disputed(buyer: Any, seller: Any, tags: list[Any], now: datetime) -> None:
    row = _announced("S-88207", buyer, tags, now - 8 * DAY, key="demo 7")
    returning.arrive(row=row, by=seller, now=now - 2 * DAY)
    said = {"reason": "damaged", "words": "Kutu açılmış, ürün kullanılmış.", "photos": [_picture()]}
    returning.refuse(row=row, by=seller, now=now - 2 * DAY + HOUR, **said)
    returning.dispute(row=row, words="Kutuyu yalnız bakmak için açtım.", by=buyer, now=now - DAY)


def _reviews(ayse: Any, meral: Any, kadir: Any, tags: list[Any], now: datetime) -> None:
    _delivered(_paid("S-88208", meral, tags[:1], now - 12 * DAY), now - 12 * DAY)
    for buyer, (score, title, body, answer) in zip((ayse, meral), SAID, strict=True):
        product = tags[0].product
        facts = {"score": score, "title": title, "body": body, "now": now - 2 * DAY}
        row = reviews.write(user=buyer, product=product, **facts)
        if answer:
            reviews.answer(review=row, text=answer, by=kadir, now=now - DAY)
    facts = {"score": 5, "title": "Tüyleri parladı", "body": "Egzamasını tedavi etti.", "now": now - HOUR}
    reviews.write(user=ayse, product=tags[1].product, **facts)  # a person looks at it


def _wishes(ayse: Any, tags: list[Any], now: datetime) -> None:
    wishes = WishList.objects.filter(owner=ayse).first() or WishList.objects.create(owner=ayse)
    wishes.add(tags[4].product)
    gone = Product.objects.browsable().filter(stockrecords__num_in_stock=0).order_by("pk").first()
    if gone:
        wishes.add(gone)
        alerts.ask(product=gone, user=ayse, now=now)


def _announced(number: str, buyer: Any, tags: list[Any], at: datetime, **more: Any) -> Any:
    """Paid, sent, delivered, announced: each a while after the one before."""
    parcel = _delivered(_paid(number, buyer, tags, at), at)
    facts = {"ground": "withdrawal", "words": "", "by": buyer, "now": at + 3 * DAY} | more
    pieces = {line.pk: 1 for line in parcel.lines.all()}
    return returning.announce(parcel=parcel, pieces=pieces, **facts)


def _delivered(parcel: Any, at: datetime) -> Any:
    steps = [
        (ParcelStatus.ACCEPTED, events.PARCEL_ACCEPTED, {"accepted_at": at + HOUR}),
        (ParcelStatus.PREPARING, events.PARCEL_PREPARED, {"prepared_at": at + 2 * HOUR}),
        (ParcelStatus.SHIPPED, events.PARCEL_SHIPPED, {"shipped_at": at + 5 * HOUR, "carrier": "yurtici"}),
        (ParcelStatus.DELIVERED, events.PARCEL_DELIVERED, {"delivered_at": at + 2 * DAY}),
    ]
    for status, event, facts in steps:
        PARCELS.move(parcel, status, event=event, **facts)
    stock.take({line.stockrecord_id: line.quantity for line in parcel.lines.all()})
    return parcel


def _paid(number: str, buyer: Any, tags: list[Any], at: datetime) -> Any:
    parcel = _placed(number, buyer, tags, at)
    payments.pay_by_transfer(key=f"order {number}", payables=[parcel], payer=buyer, at=at)
    parcel.refresh_from_db()
    return parcel


def _placed(number: str, buyer: Any, tags: list[Any], at: datetime) -> Any:
    """An order of two pieces each, as the checkout leaves it."""
    stock.allocate({tag.pk: 2 for tag in tags})
    goods = sum((tag.price * 2 for tag in tags), Decimal(0))
    total = goods + DELIVERY
    order = Order.objects.create(
        number=number,
        user=buyer,
        shipping_address=_address(buyer),
        currency="TRY",
        total_incl_tax=total,
        total_excl_tax=total,
        shipping_incl_tax=DELIVERY,
        shipping_excl_tax=DELIVERY,
        date_placed=at,
        pay_until=at + HOUR,
    )
    facts = {"business": tags[0].partner.business, "position": 1, "goods": goods, "delivery": DELIVERY}
    parcel = SellerOrder.objects.create(order=order, total=total, placed_at=at, **facts)
    for tag in tags:
        _line(parcel, tag)
    return parcel


def _line(parcel: Any, tag: Any) -> None:
    kind, price = tag.product.effective_tax_class, tag.price * 2
    without = price - tax.included_in(price, kind)
    parcel.order.lines.create(
        parcel=parcel,
        product=tag.product,
        partner=tag.partner,
        partner_name=tag.partner.name,
        partner_sku=tag.partner_sku,
        stockrecord=tag,
        title=tag.product.get_title(),
        quantity=2,
        num_allocated=2,
        vat_percent=tax.percent(kind),
        withdrawal=tag.product.withdrawal,
        unit_price_incl_tax=tag.price,
        line_price_incl_tax=price,
        line_price_excl_tax=without,
        line_price_before_discounts_incl_tax=price,
        line_price_before_discounts_excl_tax=without,
    )


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


def _picture() -> ContentFile:
    """An opened box, drawn."""
    image = Image.new("RGB", (800, 600), "#f4eef3")
    pen = ImageDraw.Draw(image)
    pen.rectangle((180, 260, 620, 520), fill="#c9a26b", outline="#6b4d23", width=6)
    pen.polygon([(180, 260), (100, 150), (360, 150), (400, 260)], fill="#d8b684", outline="#6b4d23")
    pen.polygon([(620, 260), (700, 150), (440, 150), (400, 260)], fill="#d8b684", outline="#6b4d23")
    file = io.BytesIO()
    image.save(file, "JPEG")
    return ContentFile(file.getvalue())
