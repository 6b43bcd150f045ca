"""Which ways of delivery a seller offers, what they cost and when they arrive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from core import business_days

from .models import DeliveryOption
from .rules import STANDARD_DAYS, STANDARD_FREE_ABOVE, STANDARD_PRICE

STANDARD = "standard"


@dataclass(frozen=True)
class Way:
    """One way as the checkout offers it. `key` is what a form sends back."""

    key: str
    name: str
    price: Decimal
    free_above: Decimal | None
    days: tuple[int, int]
    provinces: tuple[str, ...] = ()

    def cost(self, goods: Decimal) -> Decimal:
        is_free = self.free_above is not None and goods >= self.free_above
        return Decimal(0) if is_free else self.price

    def goes_to(self, province: str) -> bool:
        """Before an address is known, everywhere."""
        return not province or not self.provinces or province in self.provinces

    def arrives(self, day: date) -> tuple[date, date]:
        """What the buyer is promised, counted from the order. When it leaves: `commerce.deadlines`."""
        first, last = self.days
        return business_days.after(day, first), business_days.after(day, last)


def standard() -> Way:
    """For sellers who have not said how they deliver."""
    return Way(STANDARD, _("Standard delivery"), STANDARD_PRICE, STANDARD_FREE_ABOVE, STANDARD_DAYS)


def ways_of(businesses: Iterable[int]) -> Mapping[int, list[Way]]:
    """By seller, all in one query."""
    found: dict[int, list[Way]] = defaultdict(list)
    for row in DeliveryOption.objects.filter(business__in=list(businesses), is_open=True):
        found[row.business_id].append(_way(row))
    return {pk: found[pk] or [standard()] for pk in businesses}


def soonest(business: int) -> int:
    """Business days after which this seller's fastest way has arrived at the latest."""
    return min(way.days[1] for way in ways_of([business])[business])


def _way(row: DeliveryOption) -> Way:
    days = (row.days_from, row.days_to)
    return Way(str(row.pk), row.name, row.price, row.free_above, days, tuple(row.provinces))
