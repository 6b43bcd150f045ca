"""What a price was: honest struck-through prices, and the course of a price as a seller sees it.

The database keeps each price and works out `struck_price` (`commerce/migrations/0003_prices_are_kept.py`):
the lowest price of the 30 days before the one in force began. Here it is only shown, for 30 days at most:
what has cost the same for a month is no discount any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, Func, QuerySet, Value
from django.utils import timezone

from commerce.models import PriceChange, StockChange

WINDOW = timedelta(days=30)


@dataclass(frozen=True)
class Struck:
    """The price before, and when the one in force began."""

    price: Decimal
    since: datetime
    percent: int

    @property
    def until(self) -> datetime:
        """As long as it is called a discount, if the price stays."""
        return self.since + WINDOW


def struck(offer: Any, now: datetime | None = None) -> Struck | None:
    """None where nothing may be struck through."""
    if offer is None:
        return None
    return struck_from(offer.price, offer.struck_price, offer.price_since, now)


def struck_from(
    price: Decimal | None, before: Decimal | None, since: datetime | None, now: datetime | None = None
) -> Struck | None:
    """The same of values that stand in a row."""
    if price is None or before is None or since is None or (now or timezone.now()) >= since + WINDOW:
        return None
    return Struck(before, since, int((before - price) * 100 / before))


def with_lowest(offers: QuerySet, now: datetime) -> QuerySet:
    """`lowest`: what a discount that began now would be counted from; None before 30 days of prices."""
    lowest = Func(F("pk"), Value(now), function="commerce_lowest_before", output_field=DecimalField())
    return offers.annotate(lowest=lowest)


def prices_of(offer: Any) -> QuerySet:
    return PriceChange.objects.filter(record=offer).select_related("by").order_by("-at", "-pk")


def movements_of(offer: Any) -> QuerySet:
    return StockChange.objects.filter(record=offer).select_related("by").order_by("-at", "-pk")


@dataclass(frozen=True)
class Step:
    """From `at` on; `before` is what it was."""

    at: datetime
    price: Decimal | None
    before: Decimal | None
    by: Any
    reason: str


def steps(offer: Any, most: int = 400) -> list[Step]:
    """The newest first."""
    rows = list(prices_of(offer)[:most])
    olders = [*(row.price for row in rows[1:]), None]
    return [
        Step(row.at, row.price, before, row.by, row.reason) for row, before in zip(rows, olders, strict=True)
    ]
