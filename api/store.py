"""The store for front ends: goods, shelves, stock and suggestions. docs/api/store.md shows each answer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path
from oscar.core.loading import get_class
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError

from commerce import prices
from commerce.catalogue import cursors, facets, queries, search, shown, stock_levels, suggestions, tree, whole
from commerce.catalogue import filters as filtering
from commerce.catalogue.filters import ATTRIBUTES, SORTS, Filters
from core import response_cache

from . import goods
from .endpoint import Answer, whole_number

Selector = get_class("partner.strategy", "Selector")

MOST = 100
DEFAULT = 20
AT_ONCE = "public, max-age=2"  # stock moves with each order; nobody keeps it longer than this
NARROWING = ("category", *ATTRIBUTES, "seller", "min_price", "max_price", "in_stock")


class StoreAnswer(Answer):
    """What an answer shows is noted by `shown`, as the store's pages do."""

    def shown(self) -> set[str]:
        return {response_cache.FRAME}


class Products(StoreAnswer):
    """A list, page by page: `cursor` goes on where the last page ended. Counts come with the first one."""

    parameters = frozenset({"locale", "q", "sort", "limit", "cursor", *NARROWING})

    def answer(self, request: HttpRequest, language: str) -> dict[str, Any]:
        filters = _filters(request)
        limit = max(1, whole_number(request, "limit", default=DEFAULT, most=MOST))
        category = whole_number(request, "category", default=0, most=10**9)
        shown.list_of(category or None)
        shelves = tree.read()
        if category and category not in shelves.by_pk:
            raise BadRequestError("category is not the id of a category")
        found = queries.found(shelves.by_pk.get(category), search.Terms(filters.text))
        place = _place(request, filters)
        cards, following = cursors.page(filters.apply(found.goods), filters, place, limit)
        meta = {
            "locale": language,
            "sort": filters.sort,
            "next_cursor": str(following) if following else None,
        }
        answer = {"meta": meta, "items": [goods.card(card) for card in cards]}
        if place is None:
            counts = facets.kept(category or None, found.goods, filters)
            meta |= {
                "total_count": counts.total,
                "is_exact": found.is_exact,
                "did_you_mean": found.suggestion or None,
            }
            answer["facets"] = goods.facets(counts, shelves)
        return answer


class OneProduct(StoreAnswer):
    def get(self, request: HttpRequest, pk: int) -> Response:
        self.pk = pk
        return super().get(request)

    def answer(self, request: HttpRequest, language: str) -> dict[str, Any]:
        shown.goods()
        shown.products(self.pk)
        product = whole.read(self.pk)
        if product is None or product.is_child or not queries.is_shown(product):
            raise Http404("no such product")
        packs = product.get_public_children() if product.is_parent else [product]
        offers = [tag for pack in packs for tag in pack.stockrecords.all()]
        shown.until(struck.until for struck in map(prices.struck, offers) if struck)
        return {"locale": language, **goods.product(product, Selector().strategy(), tree.read())}


class Categories(StoreAnswer):
    """The shelves as a tree, each with the number of goods on it and below it."""

    def answer(self, request: HttpRequest, language: str) -> dict[str, Any]:
        shown.list_of(None)
        counts = facets.kept(None, queries.found(None, search.Terms("")).goods, Filters())
        return {"locale": language, "items": [goods.shelf(top, counts.shelves) for top in tree.read().tops]}


class Availability(StoreAnswer):
    """Read from the stock itself at each request and kept nowhere but two seconds by whoever asks."""

    parameters = frozenset({"locale", "ids"})

    def shown(self) -> set[str]:
        return set()  # nothing named: never kept

    def get(self, request: HttpRequest) -> Response:
        response = super().get(request)
        response["Cache-Control"] = AT_ONCE
        return response

    def answer(self, request: HttpRequest, language: str) -> dict[str, Any]:
        levels = stock_levels.levels(_ids(request))
        return {"items": [{"id": pk, **goods.level(levels[pk])} for pk in sorted(levels)]}


class Suggestions(StoreAnswer):
    parameters = frozenset({"locale", "q"})

    def answer(self, request: HttpRequest, language: str) -> dict[str, Any]:
        shown.list_of(None)
        return goods.suggestions(suggestions.suggest(request.GET.get("q", "")[: filtering.MAX_TEXT]))


class Store:
    """All of it under one name of the router."""

    model: type | None = None

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("products/", Products.as_view(), name="products"),
            path("products/<int:pk>/", OneProduct.as_view(), name="product"),
            path("categories/", Categories.as_view(), name="categories"),
            path("availability/", Availability.as_view(), name="availability"),
            path("suggestions/", Suggestions.as_view(), name="suggestions"),
        ]


def _filters(request: HttpRequest) -> Filters:
    """As pages read them, but what pages leave out is refused here."""
    filters = filtering.read(request.GET)
    if filters.unread:
        raise BadRequestError("min_price and max_price are amounts such as 250 or 1500.50")
    if request.GET.get("sort", filters.sort) != filters.sort:
        raise BadRequestError(f"sort must be one of {', '.join(SORTS)}; relevance needs q")
    if request.GET.get("in_stock", "1") not in ("0", "1"):
        raise BadRequestError("in_stock must be 1 or 0")
    return filters


def _place(request: HttpRequest, filters: Filters) -> cursors.Place | None:
    typed = request.GET.get("cursor", "")
    try:
        return cursors.read(typed, filters.sort) if typed else None
    except cursors.Unreadable as error:
        raise BadRequestError("cursor belongs to no list in this order") from error


def _ids(request: HttpRequest) -> set[int]:
    typed = [part for part in request.GET.get("ids", "").split(",") if part]
    if not 0 < len(typed) <= MOST or not all(map(_is_number, typed)):
        raise BadRequestError(f"ids must be one to {MOST} whole numbers with commas between them")
    return {int(part) for part in typed}


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 10
