"""What follows a sale, in demo: a seller with orders of two buyers that were cancelled, sent back, reviewed.

Everything goes through the verbs that people use.
"""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone
from oscar.core.loading import get_model
from PIL import Image, ImageDraw

from commerce.services import alerts, cancelling, parcels, returning, reviews
from commerce.states import Word

from . import buying

Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
ProductReview = get_model("reviews", "ProductReview")
StockRecord = get_model("partner", "StockRecord")
WishList = get_model("wishlists", "WishList")

SELLER, OWNER = "Güneş Ambar", "satici3@ornek.test"
BUYERS = ("ayse@ornek.test", "otel@ornek.test")
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
    if len(people) < 3 or buying.is_there("demo after 1"):
        return 0
    partner = Partner.objects.get(name=SELLER)
    rows = StockRecord.objects.filter(partner=partner, num_in_stock__gte=8).order_by("partner_sku")
    tags = list(rows.select_related("product", "partner__business")[:5])
    return _tell(tags, *(people[email] for email in (*BUYERS, OWNER)))


def _tell(tags: list[Any], ayse: Any, meral: Any, seller: Any) -> int:
    now = timezone.now()
    given = {"by": ayse, "now": now - 3 * HOUR}
    cancelling.cancel(parcel=_paid("demo after 1", ayse, tags[:1], now - 5 * HOUR), key="demo 1", **given)
    _paid("demo after 2", ayse, tags[1:3], now - 2 * HOUR)  # can still be cancelled
    _announced("demo after 3", ayse, tags[:1], now - 5 * DAY, key="demo 3")
    sent = _announced("demo after 4", ayse, tags[1:2], now - 6 * DAY, key="demo 4")
    number = {"carrier": "Yurtiçi Kargo", "tracking": "903118472611"}
    returning.send(row=sent, by=ayse, now=now - DAY, **number)
    arrived = _announced("demo after 5", meral, tags[:1], now - 6 * DAY, key="demo 5", ground="damaged")
    returning.arrive(row=arrived, by=seller, now=now)
    accepted = _announced("demo after 6", ayse, tags[2:3], now - 9 * DAY, key="demo 6")
    returning.arrive(row=accepted, by=seller, now=now - 4 * DAY)
    returning.accept(row=accepted, restock=True, by=seller, now=now - 4 * DAY + HOUR)
    _disputed(meral, seller, tags[3:4], now)
    _reviews(ayse, meral, seller, tags, now)
    _wishes(ayse, tags, now)
    return 8


def _disputed(buyer: Any, seller: Any, tags: list[Any], now: datetime) -> None:
    row = _announced("demo after 7", buyer, tags, now - 8 * DAY, key="demo 7")
    returning.arrive(row=row, by=seller, now=now - 2 * DAY)
    said = {"reason": "damaged", "words": "Kutu açılmış, ürün kullanılmış.", "photos": [_picture()]}
    returning.refuse(row=row, by=seller, now=now - 2 * DAY + HOUR, **said)
    returning.dispute(row=row, words="Kutuyu yalnız bakmak için açtım.", by=buyer, now=now - DAY)


def _reviews(ayse: Any, meral: Any, seller: Any, tags: list[Any], now: datetime) -> None:
    _delivered(_paid("demo after 8", meral, tags[:1], now - 12 * DAY), now - 12 * DAY)
    for buyer, (score, title, body, answer) in zip((ayse, meral), SAID, strict=True):
        product = tags[0].product
        facts = {"score": score, "title": title, "body": body, "now": now - 2 * DAY}
        row = reviews.write(user=buyer, product=product, **facts)
        if answer:
            reviews.answer(review=row, text=answer, by=seller, now=now - DAY)
    facts = {"score": 5, "title": "Tüyleri parladı", "body": "Egzamasını tedavi etti.", "now": now - HOUR}
    reviews.write(user=ayse, product=tags[1].product, **facts)  # a person looks at it


def _wishes(ayse: Any, tags: list[Any], now: datetime) -> None:
    wishes = WishList.objects.filter(owner=ayse).first() or WishList.objects.create(owner=ayse)
    wishes.add(tags[4].product)
    gone = Product.objects.browsable().filter(stockrecords__num_in_stock=0).order_by("pk").first()
    if gone:
        wishes.add(gone)
        alerts.ask(product=gone, user=ayse, now=now)


def _announced(order: str, buyer: Any, tags: list[Any], at: datetime, **more: Any) -> Any:
    """Paid, sent, delivered, announced: each a while after the one before."""
    parcel = _delivered(_paid(order, buyer, tags, at), at)
    facts = {"ground": "withdrawal", "words": "", "by": buyer, "now": at + 3 * DAY} | more
    pieces = {line.pk: 1 for line in parcel.lines.all()}
    return returning.announce(parcel=parcel, pieces=pieces, **facts)


def _delivered(parcel: Any, at: datetime) -> Any:
    seller = parcel.business.memberships.owners().first().user
    parcels.accept(parcel=parcel, by=seller, now=at + HOUR)
    parcels.prepare(parcel=parcel, by=seller, now=at + 2 * HOUR)
    sent = {"carrier": "yurtici", "tracking": "903118472610", "now": at + 5 * HOUR}
    parcels.ship(parcel=parcel, by=seller, **sent)
    parcels.deliver(parcel=parcel, word=Word.BUYER, by=parcel.order.user, now=at + 2 * DAY)
    parcel.refresh_from_db()
    return parcel


def _paid(key: str, buyer: Any, tags: list[Any], at: datetime) -> Any:
    """Two pieces of each."""
    return buying.buy(key=key, buyer=buyer, wanted=[(tag, 2) for tag in tags], at=at).parcels.get()


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
