"""Going through a list by what stood last, so that the thousandth page costs what the first one does."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from . import queries
from .filters import ORDERS, Filters

FIELDS = {"new": "created", "cheapest": "price", "dearest": "price", "unit": "unit_price"}
FALLING = {"new", "dearest"}
DEEPEST = 2000  # of the best matches, which have no key to go on from


class Unreadable(ValueError):
    """Not a cursor, or one of another order."""


@dataclass(frozen=True)
class Place:
    """Where a page ended: the value it is ordered by (none: among those without) and the product; of best
    matches, how many went by."""

    sort: str
    value: str | None
    pk: int

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(json.dumps([self.sort, self.value, self.pk]).encode()).decode()


def read(typed: str, sort: str) -> Place:
    try:
        place = Place(*json.loads(base64.urlsafe_b64decode(typed.encode())))
    except (ValueError, TypeError, binascii.Error) as error:
        raise Unreadable from error
    valid = place.sort == sort and isinstance(place.pk, int) and isinstance(place.value, str | None)
    if not valid or (sort == "new" and not _is_moment(place.value)):
        raise Unreadable
    return place


def page(
    goods: QuerySet, filters: Filters, place: Place | None, limit: int
) -> tuple[list[queries.ListCard], Place | None]:
    """So many after that place, and where to go on; nothing at the end."""
    if filters.sort == "relevance":
        return _best(goods, filters, place.pk if place else 0, limit)
    ordered = goods.order_by(*ORDERS[filters.sort])
    rows: list[queries.ListCard] = []
    for condition in _conditions(filters.sort, place):
        if len(rows) <= limit:
            rows += queries.cards(ordered.filter(condition)[: limit + 1 - len(rows)])
    return rows[:limit], _place(filters.sort, rows[limit - 1]) if len(rows) > limit else None


def _best(
    goods: QuerySet, filters: Filters, start: int, limit: int
) -> tuple[list[queries.ListCard], Place | None]:
    if not 0 <= start <= DEEPEST:
        raise Unreadable
    rows = queries.page(goods, filters, start, limit + 1)
    return rows[:limit], Place("relevance", None, start + limit) if len(rows) > limit else None


def _place(sort: str, row: queries.ListCard) -> Place:
    value = getattr(row, FIELDS[sort])
    return Place(sort, None if value is None else str(value), row.pk)


def _conditions(sort: str, place: Place | None) -> list[Q]:
    """With a value, then those without one: each is a range of an index."""
    name, side = FIELDS[sort], "lt" if sort in FALLING else "gt"
    without, valued = Q(**{name: None}), Q(**{f"{name}__isnull": False})
    if place is None:
        return [valued, without]
    behind = Q(**{f"pk__{side}": place.pk})
    if place.value is None:
        return [without & behind]
    same, beyond = Q(**{name: place.value}), Q(**{f"{name}__{side}": place.value})
    return [Q(**{f"{name}__{side}e": place.value}) & (beyond | (same & behind)), without]


def _is_moment(value: Any) -> bool:
    return isinstance(value, str) and parse_datetime(value) is not None
