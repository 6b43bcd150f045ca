"""Demo orders in every state, through the verbs that people use; Ayşe buys from two sellers.

They lie days back, so the lists, the figures and the earnings of the sellers have something to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from oscar.core.loading import get_model

from commerce.models import ShippingTerms
from commerce.models.talks import Side
from commerce.services import parcels, sweeping, talking
from commerce.states import CancelReason, Word

from . import buying

Partner = get_model("partner", "Partner")
SellerOrder = get_model("order", "SellerOrder")
StockRecord = get_model("partner", "StockRecord")

BUYER, SELLERS = "ayse@ornek.test", ("Çınar Mama", "Işık Pet Market")
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
    for partner in Partner.objects.filter(name__in=SELLERS, business__isnull=False):
        terms = {"carrier": "yurtici", "days": 1}
        ShippingTerms.objects.get_or_create(business=partner.business, defaults=terms)
    for number, story in enumerate(STORIES, 1):
        _tell(f"demo order {number}", story, buyer)
    sweeping.close_due(now=timezone.now())
    return len(STORIES)


def _tell(key: str, story: Story, buyer: Any) -> None:
    at = timezone.now() - story.days * DAY - 2 * HOUR
    wanted = [(tag, 1) for name, places in story.goods.items() for tag in _tags(name, places)]
    order = buying.buy(key=key, buyer=buyer, wanted=wanted, at=at)
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


def _tags(seller: str, places: tuple[int, ...]) -> list[Any]:
    rows = StockRecord.objects.filter(partner__name=seller, num_in_stock__gte=6).order_by("partner_sku")
    known = list(rows.select_related("partner__business", "product"))
    return [known[place] for place in places]
