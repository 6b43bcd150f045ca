"""Reads of the catalogue. Their number of queries does not depend on how many products they show.

Lists are read from `commerce.models.Listing`, product pages from the goods themselves (`whole`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from oscar.core.loading import get_model

from commerce import prices
from commerce.models import Listing
from core import money

from . import filters as filtering
from . import renditions, search, selling, shown
from . import words as texts
from .filters import Filters
from .tree import Shelf, Tree

Product = get_model("catalogue", "Product")
ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")
StockRecord = get_model("partner", "StockRecord")

# Attributes that say how much is in a pack: size of the unit that prices are compared by, its name.
MEASURES = {"net_weight_g": (1000, "kg"), "net_volume_ml": (1000, "L")}
EARLY = 6  # cards that most screens show at once
CARDS = """
    SELECT row.product_id, created, row.price, unit_price, unit, can_be_bought, picture, row.struck_price,
        struck_since, row.rating, row.reviews_count, titles ->> %s, product.title, product.slug,
        product.structure, seller.code, seller.name
    FROM unnest(ARRAY({found})) WITH ORDINALITY AS found (pk, place)
    JOIN commerce_listing AS row ON row.product_id = found.pk
    JOIN catalogue_product AS product ON product.id = found.pk
    LEFT JOIN partner_stockrecord AS offer ON offer.id = row.offer_id
    LEFT JOIN partner_partner AS seller ON seller.id = offer.partner_id
    ORDER BY place
"""
NEIGHBOURS = """
    SELECT product_id FROM commerce_listing WHERE shelves @> ARRAY[%s]::bigint[] AND product_id <> %s
    ORDER BY created DESC, product_id DESC LIMIT %s
"""


@dataclass(frozen=True)
class Found:
    """Goods in no order. Not `is_exact`: nothing holds all the words, these hold some of them."""

    goods: QuerySet
    is_exact: bool = True
    suggestion: str = ""


@dataclass(frozen=True)
class Face:
    """All that a card shows: with the same face it is rendered once (core.templatetags.fragments)."""

    url: str
    title: str
    is_turkish: bool  # the title, which on other pages is marked as such
    seller: str
    price: Decimal | None
    per_unit: Decimal | None
    unit: str
    struck: prices.Struck | None
    rating: float | None
    reviews_count: int
    is_parent: bool
    can_be_bought: bool
    picture: str
    is_late: bool  # stands where a visitor has to scroll to

    @property
    def unit_price(self) -> str:
        return f"{money.display(self.per_unit)}/{self.unit}" if self.per_unit else ""

    @property
    def image(self) -> renditions.Sizes | None:
        return renditions.sizes(self.picture) if self.picture else None


@dataclass(frozen=True)
class ListCard:
    """A product as lists show it, and by which values lists go on from it (`cursors`)."""

    pk: int
    created: datetime
    price: Decimal | None
    unit_price: Decimal | None
    seller_code: str | None
    face: Face


@dataclass
class Card:
    """The product that a page is about, with the offer a visitor gets."""

    product: Any
    info: Any
    seller: str
    unit_price: str

    @cached_property
    def words(self) -> texts.Words:
        return texts.read(self.product)

    @cached_property
    def struck(self) -> prices.Struck | None:
        """What may be struck through beside its price; "from" a price of several packs strikes nothing."""
        return prices.struck(self.info.stockrecord)

    @property
    def image(self) -> Any:
        images = self.product.images.all()
        return images[0] if images else None

    @property
    def can_be_bought(self) -> bool:
        return self.info.availability.is_available_to_buy


def found(shelf: Shelf | None, terms: search.Terms) -> Found:
    """Goods on that shelf or below it that hold all the words; where there are none, some of them."""
    goods = Listing.objects.all()
    if shelf:
        goods = goods.filter(shelves__contains=[shelf.pk])
    if not terms.typed:
        return Found(goods)
    exact = search.matching(goods, terms)
    if exact.exists():
        return Found(exact)
    return Found(search.closest(goods, terms), is_exact=False, suggestion=search.suggestion(terms))


def page(goods: QuerySet, filters: Filters, start: int, number: int) -> list[ListCard]:
    """So many cards in the order that is asked for."""
    if filters.sort != "relevance":
        return cards(goods.order_by(*filtering.ORDERS[filters.sort])[start : start + number])
    try:
        return _cards(*search.best(goods, search.Terms(filters.text), start, number))
    except EmptyResultSet:
        return []


def cards(goods: QuerySet) -> list[ListCard]:
    """These rows of goods in their order, with all that cards show of them, in one query of plain values.

    Half of its time would go into putting together the joins, which are always the same.
    """
    try:
        found, values = goods.values("pk").query.sql_with_params()
    except EmptyResultSet:  # asked for nothing, such as words without a letter
        return []
    return _cards(found, values)


def _cards(found: str, values: Iterable[Any]) -> list[ListCard]:
    store, language = reverse("catalogue:index"), get_language() or ""
    with connection.cursor() as cursor:
        cursor.execute(CARDS.format(found=found), [language, *values])
        cards = [_card(store, place, *row) for place, row in enumerate(cursor.fetchall())]
    shown.until(card.face.struck.until for card in cards if card.face.struck)
    return cards


def _card(
    store: str,
    place: int,
    pk: int,
    created: datetime,
    price: Decimal | None,
    unit_price: Decimal | None,
    unit: str,
    can_be_bought: bool,
    picture: str,
    struck_price: Decimal | None,
    struck_since: datetime | None,
    rating: float | None,
    reviews_count: int,
    translated: str | None,
    title: str,
    slug: str,
    structure: str,
    code: str | None,
    seller: str | None,
) -> ListCard:
    """Its address is `get_absolute_url` without asking for the same beginning again and again."""
    face = Face(
        url=f"{store}{slug}_{pk}/",
        title=translated or title,
        is_turkish=translated is None,
        seller=seller or code or "",
        price=price,
        per_unit=unit_price,
        unit=unit,
        struck=prices.struck_from(price, struck_price, struck_since),
        rating=rating,
        reviews_count=reviews_count,
        is_parent=structure == Product.PARENT,
        can_be_bought=can_be_bought,
        picture=picture,
        is_late=place >= EARLY,
    )
    return ListCard(pk, created, price, unit_price, code, face)


def _variants() -> QuerySet:
    """Packs stand as the seller wrote them."""
    return Product.objects.public().order_by("pk").prefetch_related(Prefetch("stockrecords", _offers()))


def shelves_of(product: Any, shelves: Tree) -> list[Shelf]:
    """The way to it. A product that is not public has no row yet and is asked itself."""
    listing = getattr(product, "listing", None)
    pks = listing.shelves if listing else product.categories.values_list("pk", flat=True)
    return shelves.trail_of(pks)


def for_wishes(products: QuerySet) -> QuerySet:
    """What lists that people made themselves show: also goods and packs that no list of the store has."""
    measures = ProductAttributeValue.objects.filter(attribute__code__in=MEASURES).select_related("attribute")
    return products.select_related("product_class", "parent__product_class").prefetch_related(
        "images",
        Prefetch("attribute_values", measures.order_by("attribute__code"), "_prefetched_attribute_values"),
        Prefetch("stockrecords", _offers()),
        Prefetch("children", _variants(), "_prefetched_public_children"),
    )


def _offers() -> QuerySet:
    """All price tags, with their sellers; which of them are live is judged by `selling.is_live`."""
    return StockRecord.objects.select_related("partner")


def card(product: Any, strategy: Any) -> Card:
    info = strategy.fetch_for_parent(product) if product.is_parent else strategy.fetch_for_product(product)
    seller = info.stockrecord.partner.display_name if info.stockrecord else ""
    return Card(product, info, seller, unit_price(product, info))


def variants(product: Any, strategy: Any) -> list[dict[str, Any]]:
    """What a product comes in (sizes, colours), each with its own price and stock."""
    children = product.get_public_children() if product.is_parent else []
    found = [(child, strategy.fetch_for_product(child)) for child in children]
    return [
        {"product": child, "info": info, "struck": prices.struck(info.stockrecord)} for child, info in found
    ]


def sellers(product: Any, strategy: Any) -> list[dict[str, Any]]:
    """Every offer of a product, or of its packs, the cheapest of each first; none where only one sells it."""
    packs = product.get_public_children() if product.is_parent else [product]
    offers = [[offer for offer in pack.stockrecords.all() if selling.is_live(offer)] for pack in packs]
    if not any(len(own) > 1 for own in offers):
        return []
    found = [
        {
            "offer": offer,
            "pack": pack.title if pack.is_child else "",
            "price": offer.price,
            "struck": prices.struck(offer),
            "can_be_bought": strategy.availability_policy(pack, offer).is_available_to_buy,
        }
        for pack, own in zip(packs, offers, strict=True)
        for offer in sorted(own, key=lambda one: (one.price, one.pk))
    ]
    first = next((one for one in found if one["can_be_bought"]), None)
    return [{**one, "is_chosen": one is first and not product.is_parent} for one in found]


def known_sellers(product: Any) -> list[Any]:
    """Who sells it now and has a page that says who that is, in the order of prices."""
    packs = product.get_public_children() if product.is_parent else [product]
    live = [one for pack in packs for one in pack.stockrecords.all() if selling.is_live(one)]
    ordered = sorted(live, key=lambda one: (one.price, one.pk))
    return list({one.partner_id: one.partner for one in ordered if one.partner.business_id}.values())


def is_shown(product: Any) -> bool:
    """As `Products.browsable`, of one that is read already: not when every seller of it has stopped."""
    if not product.is_public:
        return False
    packs = product.get_public_children() if product.is_parent else [product]
    offers = [offer for pack in packs for offer in pack.stockrecords.all()]
    has_stopped = any(not offer.partner.is_selling for offer in offers)
    return not has_stopped or any(selling.is_live(offer) for offer in offers)


def unit_price(product: Any, info: Any) -> str:
    """`₺396,33/kg`, where the pack says how much is in it."""
    if not info.price.exists or product.is_parent:
        return ""
    for value in product.get_attribute_values():
        if value.attribute.code in MEASURES and value.value_integer:
            size, unit = MEASURES[value.attribute.code]
            return f"{money.display(info.price.incl_tax * size / Decimal(value.value_integer))}/{unit}"
    return ""


def struck_of(card: Card, *others: list[dict[str, Any]]) -> list[prices.Struck]:
    """All that is struck through on a page."""
    return [one for one in (card.struck, *(row["struck"] for rows in others for row in rows)) if one]


def neighbours(product: Any, trail: list[Shelf], number: int = 4) -> list[ListCard]:
    """Other products on the same shelf, the newest first."""
    if not trail:
        return []
    return _cards(NEIGHBOURS, [trail[-1].pk, product.pk, number])
