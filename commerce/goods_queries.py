"""Reads of a seller's own goods. Every queryset starts at the seller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from commerce.catalogue import presentation
from commerce.states import Review
from commerce.stock import ALLOCATED
from core import text
from teams.queries import Folded

Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")

LIVE, DRAFT, HELD, REFUSED, ARCHIVED = "live", "draft", "held", "refused", "archived"
STATES = {
    LIVE: _("On sale"),
    DRAFT: _("Not published"),
    HELD: _("Held for review"),
    REFUSED: _("Refused"),
    ARCHIVED: _("Archived"),
}
TONES = {LIVE: "ok", DRAFT: "", HELD: "warn", REFUSED: "bad", ARCHIVED: ""}
LOW = Q(num_in_stock__lte=Coalesce(F("low_stock_threshold"), Value(0)) + ALLOCATED)
OUT = Q(num_in_stock__lte=ALLOCATED)
PAGE = 20


def all_offers(product: Any) -> QuerySet:
    return StockRecord.objects.filter(Q(product=product) | Q(product__parent=product))


def offers_on(product: Any, partner: Any) -> QuerySet:
    """This seller's price tags of a product and its packs."""
    return all_offers(product).filter(partner=partner)


def offers_of(partner: Any) -> QuerySet:
    return StockRecord.objects.filter(partner=partner)


def goods_of(partner: Any) -> QuerySet:
    """Products this seller offers or has offered: own ones and those it sells along."""
    whole = Coalesce("product__parent_id", "product_id")
    own = offers_of(partner).annotate(whole=whole).values("whole")
    return Product.objects.filter(pk__in=own).exclude(structure=Product.CHILD)


def listed(partner: Any, *, words: str = "", state: str = "", stock: str = "") -> QuerySet:
    """With state, prices and stock of this seller, the newest first."""
    rows = _with_facts(goods_of(partner), partner)
    for word in text.fold(words).split():
        sku = Exists(_own(partner).filter(partner_sku__icontains=word))
        rows = rows.filter(Q(folded__contains=word) | Q(upc=word) | sku)
    rows = rows.filter(state=state) if state in STATES else rows.exclude(state=ARCHIVED)
    if stock == "low":
        rows = rows.filter(is_low=True)
    elif stock == "out":
        rows = rows.filter(pieces=0)
    return rows.prefetch_related("images").order_by("-date_created", "-pk")


def _own(partner: Any) -> QuerySet:
    return offers_of(partner).filter(Q(product=OuterRef("pk")) | Q(product__parent=OuterRef("pk")))


def _with_facts(rows: QuerySet, partner: Any) -> QuerySet:
    own = _own(partner).order_by()
    free = own.values(partner_only=F("partner")).annotate(
        total=Sum(Coalesce(F("num_in_stock"), Value(0)) - ALLOCATED, output_field=IntegerField()),
        least=Min("price"),
    )
    return rows.annotate(
        folded=Folded("title"),
        pieces=Coalesce(Subquery(free.values("total")), Value(0)),
        least=Subquery(free.values("least")),
        packs=Coalesce(Subquery(_count(own)), Value(0)),
        sku=Subquery(own.order_by("pk").values("partner_sku")[:1]),
        is_low=Exists(own.filter(LOW, archived_at=None)),
        state=_state(own),
    )


def _count(own: QuerySet) -> QuerySet:
    return own.values(partner_only=F("partner")).annotate(number=Count("pk")).values("number")


def _state(own: QuerySet) -> Case:
    return Case(
        When(~Exists(own.filter(archived_at=None)), then=Value(ARCHIVED)),
        When(review=Review.HELD, then=Value(HELD)),
        When(review=Review.REFUSED, then=Value(REFUSED)),
        When(Q(is_public=True) & Exists(own.filter(is_offered=True)), then=Value(LIVE)),
        default=Value(DRAFT),
    )


def counts(partner: Any) -> dict[str, int]:
    """How many stand in each state, in one query."""
    rows = goods_of(partner).annotate(state=_state(_own(partner))).order_by().values("state")
    return {row["state"]: row["number"] for row in rows.annotate(number=Count("pk"))}


def shown(partner: Any) -> QuerySet:
    """One of its products with all that its pages show."""
    own = offers_of(partner).select_related("product").order_by("product__pk", "pk")
    children = Product.objects.order_by("pk").prefetch_related(
        Prefetch("stockrecords", own, to_attr="own_offers")
    )
    return (
        _with_facts(goods_of(partner), partner)
        .select_related("product_class")
        .prefetch_related(
            Prefetch("stockrecords", own, to_attr="own_offers"),
            Prefetch("children", children),
            "images",
            "texts",
        )
    )


def own_offers(product: Any) -> list[Any]:
    """Of a product read by `shown`: its own price tag, or those of its packs."""
    found = [*product.own_offers, *(offer for child in product.children.all() for offer in child.own_offers)]
    for offer in found:
        offer.pack = offer.product.title if offer.product.is_child else ""
    return found


def stock_of(partner: Any, *, words: str = "", level: str = "") -> QuerySet:
    """Price tags, those that run short first."""
    rows = offers_of(partner).filter(archived_at=None).select_related("product__parent")
    for word in text.fold(words).split():
        named = Q(folded__contains=word) | Q(folded_parent__contains=word)
        rows = rows.annotate(folded=Folded("product__title"), folded_parent=Folded("product__parent__title"))
        rows = rows.filter(named | Q(partner_sku__icontains=word))
    if level == "low":
        rows = rows.filter(LOW)
    elif level == "out":
        rows = rows.filter(OUT)
    rank = Case(When(OUT, then=Value(0)), When(LOW, then=Value(1)), default=Value(2))
    return rows.annotate(rank=rank).order_by("rank", "pk")


@dataclass(frozen=True)
class Level:
    """A number in stock in words."""

    label: Any
    tone: str


def level_of(offer: Any) -> Level:
    free = offer.net_stock_level
    if free <= 0:
        return Level(_("Sold out"), "bad")
    if free <= (offer.low_stock_threshold or 0):
        return Level(_("Running low"), "warn")
    return Level(_("In stock"), "ok")


def lacks(product: Any, partner: Any) -> list[Any]:
    """What is missing before this seller can publish it, in words."""
    priced = offers_on(product, partner).filter(archived_at=None, price__isnull=False)
    holes = [
        (product.review == Review.HELD, _("It waits for our review.")),
        (product.review == Review.REFUSED, _("We refused it. Change its words, then we look again.")),
        (not product.tax_class, _("Choose its tax class.")),
        (not product.withdrawal, _("Choose whether it may be sent back.")),
        (not product.productcategory_set.exists(), _("Choose a shelf.")),
        (not priced.exists(), _("Write a price.")),
    ]
    return [words for is_hole, words in holes if is_hole]


def same_goods(gtin: str) -> Any:
    """The product that has this number, whoever wrote it."""
    return Product.objects.filter(upc=gtin).exclude(review__in=[Review.HELD, Review.REFUSED]).first()


def pack_of(product: Any) -> str:
    """`3 kg`, where the product says how much is in it."""
    for value in product.get_attribute_values():
        if value.attribute.code in presentation.MEASURES:
            return presentation.amount(value.attribute.code, value.value_integer)
    return ""
