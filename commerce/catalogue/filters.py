"""What a reader asks of the product list: read from the address, applied to products.

Nothing in an address is an error. What cannot be understood is left out, and a price that cannot be
read is named in `unread`, so the page can say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from commerce.typed import price as typed_price

from . import selling

ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")
StockRecord = get_model("partner", "StockRecord")

# Facets that are attributes of the goods: the parameter is the attribute's code.
ATTRIBUTES = {"species": _("Species"), "age": _("Age"), "protein": _("Protein source")}

# Each order says what it goes by; nothing is "recommended" without a reason.
SORTS = {
    "relevance": (_("Best match"), _("The closer a product's words are to yours, the higher it stands.")),
    "new": (_("Newest first"), _("The product that came to the store last stands first.")),
    "cheapest": (_("Price, low to high"), _("By price including KDV, without delivery.")),
    "dearest": (_("Price, high to low"), _("By price including KDV, without delivery.")),
}
ORDERS = {
    "new": ("-date_created", "-pk"),
    "cheapest": (F("price").asc(nulls_last=True), "pk"),
    "dearest": (F("price").desc(nulls_last=True), "-pk"),
}
MAX_TEXT = 100
MAX_CHOICES = 20
MAX_CODE = 255


@dataclass(frozen=True)
class Filters:
    text: str = ""
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sellers: tuple[str, ...] = ()
    min_price: Decimal | None = None
    max_price: Decimal | None = None
    in_stock: bool = False
    sort: str = "new"
    unread: tuple[str, ...] = ()

    @property
    def are_set(self) -> bool:
        """Whether anything narrows the list, apart from the words searched for."""
        return bool(any(self.choices.values()) or self.sellers or self.in_stock or self._has_price)

    @property
    def _has_price(self) -> bool:
        return self.min_price is not None or self.max_price is not None

    def without(self, facet: str) -> Filters:
        """The same, but free in one facet: its counts show what choosing more would bring."""
        if facet == "seller":
            return replace(self, sellers=())
        return replace(self, choices={code: codes for code, codes in self.choices.items() if code != facet})

    def apply(self, products: QuerySet) -> QuerySet:
        for code, codes in self.choices.items():
            if codes:
                products = products.filter(pk__in=_having(code, codes))
        if self._has_price or self.in_stock:
            products = with_price(products)
        return products.filter(*self._conditions())

    def _conditions(self) -> Iterator[Q]:
        if self.sellers:
            yield Q(Exists(offers().filter(partner__code__in=self.sellers)))
        if self.min_price is not None:
            yield Q(price__gte=self.min_price)
        if self.max_price is not None:
            yield Q(price__lte=self.max_price)
        if self.in_stock:
            yield Q(can_be_bought=True)


def read(query: QueryDict) -> Filters:
    text = " ".join(query.get("q", "")[:MAX_TEXT].split())
    bounds = {name: query.get(name, "")[:MAX_TEXT].strip() for name in ("min_price", "max_price")}
    prices = {name: typed_price(typed) for name, typed in bounds.items()}
    return Filters(
        text=text,
        choices={code: _chosen(query, code) for code in ATTRIBUTES},
        sellers=_chosen(query, "seller"),
        min_price=prices["min_price"],
        max_price=prices["max_price"],
        in_stock=query.get("in_stock") == "1",
        sort=_sort(query.get("sort", ""), text),
        unread=tuple(typed for name, typed in bounds.items() if typed and prices[name] is None),
    )


def offers() -> QuerySet:
    """Price tags in force of the product in hand (`OuterRef`), or of its variants."""
    own = Q(product=OuterRef("pk"))
    of_variants = Q(product__parent=OuterRef("pk"), product__is_public=True)
    return StockRecord.objects.filter(own | of_variants, selling.LIVE)


def with_price(products: QuerySet) -> QuerySet:
    """The same choice as `commerce.partner.strategy`, made by the database for sorting and filtering."""
    if "price" in products.query.annotations:
        return products
    sellable = offers().filter(
        Q(num_in_stock__gt=Coalesce(F("num_allocated"), 0))
        | Q(product__product_class__track_stock=False)
        | Q(product__parent__product_class__track_stock=False)
    )
    cheapest = [Subquery(tags.order_by("price").values("price")[:1]) for tags in (sellable, offers())]
    return products.annotate(can_be_bought=Exists(sellable), price=Coalesce(*cheapest))


def _having(code: str, codes: tuple[str, ...]) -> QuerySet:
    values = ProductAttributeValue.objects.filter(attribute__code=code, value_multi_option__code__in=codes)
    return values.values("product_id")


def _chosen(query: QueryDict, name: str) -> tuple[str, ...]:
    codes = (code[:MAX_CODE] for code in query.getlist(name)[:MAX_CHOICES] if code)
    return tuple(dict.fromkeys(codes))


def _sort(wanted: str, text: str) -> str:
    allowed = [name for name in SORTS if text or name != "relevance"]
    return wanted if wanted in allowed else allowed[0]


def as_parameters(filters: Filters) -> list[tuple[str, str]]:
    """The filters as address parameters again, without empty ones."""
    pairs: list[tuple[str, Any]] = [("q", filters.text)]
    pairs += [(code, choice) for code, codes in filters.choices.items() for choice in codes]
    pairs += [("seller", code) for code in filters.sellers]
    pairs += [("min_price", filters.min_price), ("max_price", filters.max_price)]
    pairs += [("in_stock", "1" if filters.in_stock else ""), ("sort", filters.sort)]
    return [(name, str(value)) for name, value in pairs if value not in ("", None)]
