"""What a reader asks of the product list: read from the address, applied to products.

Nothing in an address is an error. What cannot be understood is left out, and a price that cannot be
read is named in `unread`, so the page can say so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from commerce.typed import price as typed_price

AttributeOption = get_model("catalogue", "AttributeOption")
Partner = get_model("partner", "Partner")

# Facets that are attributes of the goods: the parameter is the attribute's code.
ATTRIBUTES = {"species": _("Species"), "age": _("Age"), "protein": _("Protein source")}

# Each order says what it goes by; nothing is "recommended" without a reason.
SORTS = {
    "relevance": (_("Best match"), _("The closer a product's words are to yours, the higher it stands.")),
    "new": (_("Newest first"), _("The product that came to the store last stands first.")),
    "cheapest": (_("Price, low to high"), _("By price including KDV, without delivery.")),
    "dearest": (_("Price, high to low"), _("By price including KDV, without delivery.")),
    "unit": (
        _("Price per kilogram or litre"),
        _("By what a kilogram or a litre costs; goods whose pack says no amount stand last."),
    ),
}
ORDERS = {
    "new": ("-created", "-pk"),
    "cheapest": (F("price").asc(nulls_last=True), "pk"),
    "dearest": (F("price").desc(nulls_last=True), "-pk"),
    "unit": (F("unit_price").asc(nulls_last=True), "pk"),
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

    def apply(self, listings: QuerySet) -> QuerySet:
        return self.narrow(listings).filter(*self.facets().values())

    def narrow(self, listings: QuerySet) -> QuerySet:
        """By price and stock: what no facet counts."""
        if self.min_price is not None:
            listings = listings.filter(price__gte=self.min_price)
        if self.max_price is not None:
            listings = listings.filter(price__lte=self.max_price)
        return listings.filter(can_be_bought=True) if self.in_stock else listings

    def facets(self) -> dict[str, Q]:
        """What is chosen in each facet, as a condition on `Listing`."""
        chosen = {
            code: Q(options__overlap=_options(code, codes)) for code, codes in self.choices.items() if codes
        }
        if self.sellers:
            sellers = Partner.objects.filter(code__in=self.sellers).order_by().values("pk")
            chosen["seller"] = Q(sellers__overlap=ArraySubquery(sellers))
        return chosen


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


def _options(code: str, codes: tuple[str, ...]) -> ArraySubquery:
    options = AttributeOption.objects.filter(group__product_attributes__code=code, code__in=codes)
    return ArraySubquery(options.order_by().values("pk"))


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
