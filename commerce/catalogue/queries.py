"""Reads of the catalogue. Their number of queries does not depend on how many products they show."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, F, Prefetch, QuerySet, Value
from django.db.models.functions import Substr
from modelsearch.backends import get_search_backend
from oscar.core.loading import get_model

from core import money, text

from . import filters as filtering
from .filters import ATTRIBUTES, Filters
from .tree import Shelf

AttributeOption = get_model("catalogue", "AttributeOption")
Category = get_model("catalogue", "Category")
Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")
ProductCategory = get_model("catalogue", "ProductCategory")
StockRecord = get_model("partner", "StockRecord")

# Attributes that say how much is in a pack: size of the unit that prices are compared by, its name.
MEASURES = {"net_weight_g": (1000, "kg"), "net_volume_ml": (1000, "L")}


@dataclass(frozen=True)
class Choice:
    code: str
    label: str
    count: int = 0
    is_chosen: bool = False


@dataclass
class Card:
    """A product as lists show it."""

    product: Any
    info: Any
    seller: str
    unit_price: str

    @property
    def image(self) -> Any:
        images = self.product.images.all()
        return images[0] if images else None

    @property
    def can_be_bought(self) -> bool:
        return self.info.availability.is_available_to_buy


def found(shelf: Shelf | None, words: str) -> QuerySet:
    """Public products on that shelf or below it, that hold all the words."""
    products = Product.objects.browsable()
    if words:
        products = _holding(products, words)
    if shelf:
        below = ProductCategory.objects.filter(category__path__startswith=shelf.path)
        products = products.filter(pk__in=below.values("product_id"))
    return products


def ordered(products: QuerySet, filters: Filters) -> QuerySet:
    """Found products already stand by relevance."""
    if filters.sort == "relevance":
        return products
    if filters.sort in ("cheapest", "dearest"):
        products = filtering.with_price(products)
    return products.order_by(*filtering.ORDERS[filters.sort])


def for_cards(products: QuerySet) -> QuerySet:
    """What cards show; of the attributes only how much is in a pack.

    `_prefetched_attribute_values` is where Oscar's `get_attribute_values` looks first.
    """
    return _with_goods(products).prefetch_related(
        Prefetch("attribute_values", _measures(), to_attr="_prefetched_attribute_values")
    )


def _with_goods(products: QuerySet) -> QuerySet:
    """With pictures, price tags and variants."""
    stock = StockRecord.objects.select_related("partner__business")
    variants = Product.objects.public().prefetch_related(Prefetch("stockrecords", stock))
    return products.select_related("product_class").prefetch_related(
        "images",
        Prefetch("stockrecords", stock),
        Prefetch("children", variants, to_attr="_prefetched_public_children"),
    )


def card(product: Any, strategy: Any) -> Card:
    info = strategy.fetch_for_parent(product) if product.is_parent else strategy.fetch_for_product(product)
    seller = info.stockrecord.partner.display_name if info.stockrecord else ""
    return Card(product, info, seller, unit_price(product, info))


def variants(product: Any, strategy: Any) -> list[dict[str, Any]]:
    """What a product comes in (sizes, colours), each with its own price and stock."""
    children = product.get_public_children() if product.is_parent else []
    return [{"product": child, "info": strategy.fetch_for_product(child)} for child in children]


def unit_price(product: Any, info: Any) -> str:
    """`₺396,33/kg`, where the pack says how much is in it."""
    if not info.price.exists or product.is_parent:
        return ""
    for value in product.get_attribute_values():
        if value.attribute.code in MEASURES and value.value_integer:
            size, unit = MEASURES[value.attribute.code]
            return f"{money.display(info.price.incl_tax * size / Decimal(value.value_integer))}/{unit}"
    return ""


def facets(products: QuerySet, filters: Filters, shelf: Shelf | None) -> dict[str, list[Choice]]:
    """All choices with their numbers, in one query. A facet does not narrow its own numbers."""
    parts = [_attribute_counts(products, filters, code) for code in ATTRIBUTES]
    parts += [_seller_counts(products, filters), _shelf_counts(products, filters, shelf)]
    chosen: dict[str, tuple[str, ...]] = {**filters.choices, "seller": filters.sellers}
    result: dict[str, list[Choice]] = {facet: [] for facet in [*ATTRIBUTES, "seller", "shelf"]}
    rows = parts[0].union(*parts[1:], all=True)
    for row in sorted(rows, key=lambda row: (row["position"], text.fold(row["label"]))):
        is_chosen = row["code"] in chosen.get(row["facet"], ())
        result[row["facet"]].append(Choice(row["code"], row["label"], row["count"], is_chosen))
    _add_chosen_without_hits(result, chosen)
    return result


def details(products: QuerySet) -> QuerySet:
    """Everything a product page shows."""
    values = ProductAttributeValue.objects.select_related("attribute").prefetch_related("value_multi_option")
    shown = Prefetch(
        "attribute_values", values.order_by("attribute_id"), to_attr="_prefetched_attribute_values"
    )
    return _with_goods(products).prefetch_related("categories", shown)


def neighbours(product: Any, number: int = 4) -> QuerySet:
    """Other products on the same shelves, the newest first."""
    shelves = ProductCategory.objects.filter(product=product).values("category_id")
    same = ProductCategory.objects.filter(category__in=shelves).values("product_id")
    others = Product.objects.browsable().filter(pk__in=same).exclude(pk=product.pk)
    return for_cards(others).order_by("-date_created", "-pk")[:number]


def _holding(products: QuerySet, words: str) -> QuerySet:
    results = get_search_backend().autocomplete(text.fold(words), products, operator="and")
    return results.get_queryset()


def _measures() -> QuerySet:
    values = ProductAttributeValue.objects.filter(attribute__code__in=MEASURES)
    return values.select_related("attribute").order_by("attribute__code")


def _narrowed(products: QuerySet, filters: Filters) -> QuerySet:
    return filters.apply(products).order_by().values("pk")


def _attribute_counts(products: QuerySet, filters: Filters, code: str) -> QuerySet:
    """Options keep the order they were made in: young before old."""
    narrowed = _narrowed(products, filters.without(code))
    values = ProductAttributeValue.objects.filter(attribute__code=code, product__in=narrowed)
    option = "value_multi_option"
    return _counted(values.exclude(**{option: None}), code, f"{option}__code", f"{option}__option", option)


def _seller_counts(products: QuerySet, filters: Filters) -> QuerySet:
    tags = StockRecord.objects.filter(product__in=_narrowed(products, filters.without("seller")))
    return _counted(tags, "seller", "partner__code", "partner__name")


def _shelf_counts(products: QuerySet, filters: Filters, shelf: Shelf | None) -> QuerySet:
    """Products on each shelf directly below this one, counting what lies deeper."""
    start = shelf.path if shelf else ""
    rows = ProductCategory.objects.filter(
        product__in=_narrowed(products, filters),
        category__path__startswith=start,
        category__depth__gt=len(start) // Category.steplen,
    )
    return _counted(rows, "shelf", Substr("category__path", 1, len(start) + Category.steplen), Value(""))


def _counted(rows: QuerySet, facet: str, code: Any, label: Any, position: Any = None) -> QuerySet:
    """Rows of (facet, code, label, position, count): the same columns for all, so that they unite."""
    by = {"code": code, "label": label, "position": position or Value(0, BigIntegerField())}
    named = {name: F(value) if isinstance(value, str) else value for name, value in by.items()}
    grouped = rows.order_by().annotate(facet=Value(facet, CharField()), **named).values("facet", *named)
    return grouped.annotate(count=Count("product_id", distinct=True))


def _add_chosen_without_hits(result: dict[str, list[Choice]], chosen: dict[str, tuple[str, ...]]) -> None:
    """What was chosen stays in view, so it can be taken back, even when nothing fits."""
    missing = {
        facet: [code for code in codes if code not in {choice.code for choice in result[facet]}]
        for facet, codes in chosen.items()
    }
    if not any(missing.values()):
        return
    options = AttributeOption.objects.filter(code__in=[code for codes in missing.values() for code in codes])
    sellers = Partner.objects.filter(code__in=missing["seller"])
    labels = dict(options.values_list("code", "option").union(sellers.values_list("code", "name"), all=True))
    for facet, codes in missing.items():
        result[facet] += [Choice(code, labels.get(code, code), is_chosen=True) for code in codes]
