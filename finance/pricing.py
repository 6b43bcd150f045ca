"""The table of commission as people read it: the same rows that charge, in force, announced and past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from teams import modules

from . import rates
from .models import CommissionRate


@dataclass(frozen=True)
class Row:
    """One rate, with what follows it in the same scope. Without `rate` the module takes nothing."""

    module: modules.Module
    rate: CommissionRate | None = None
    following: CommissionRate | None = None

    @property
    def category(self) -> str:
        return self.rate.category if self.rate else ""

    @property
    def percent(self) -> Decimal:
        return self.rate.percent if self.rate else Decimal(0)

    @property
    def is_own(self) -> bool:
        return bool(self.rate and self.rate.business_id)


@dataclass(frozen=True)
class Table:
    """What `business` is charged (None: everybody) on a day, from then on, and until then."""

    day: date
    now: list[Row]
    coming: list[Row]
    past: list[Row]

    def row(self, module: str, category: str = "") -> Row:
        """The most specific line of the table in force."""
        fitting = [one for one in self.now if one.module.code == module and one.category in ("", category)]
        return max(fitting, key=lambda one: (one.is_own, one.category != ""))

    @property
    def next_day(self) -> date | None:
        """When the table changes next."""
        begins = [one.rate.valid_from for one in self.coming if one.rate]
        ends = [one.rate.valid_until for one in self.now if one.rate and one.rate.valid_until]
        return min([*begins, *ends], default=None)


def of_whom(business: Any = None) -> QuerySet[CommissionRate]:
    """Rates that this business may see: the public ones and its own agreements, never those of others."""
    own = Q(business=business) if business else Q()
    rows = CommissionRate.objects.all()
    return rows.filter(Q(business=None) | own) if business else rows.filter(business=None)


def table(*, business: Any = None, day: date) -> Table:
    """One question to the database for all three parts."""
    found = list(of_whom(business).order_by("module", "business_id", "category", "valid_from"))
    order = {module.code: place for place, module in enumerate(modules.ALL)}
    found.sort(key=lambda rate: (order[rate.module], rate.business_id is not None, rate.category))
    now = [rate for rate in found if rate.valid_from <= day and not _is_over(rate, day)]
    free = [one for one in modules.ALL if not any(_is_whole(rate, one) for rate in now)]
    rows = [Row(modules.BY_CODE[rate.module], rate, _after(rate, found)) for rate in now]
    rows += [Row(one, None, _first_of(one, found, day)) for one in free]
    rows.sort(key=lambda row: order[row.module.code])
    coming = [rate for rate in found if rate.valid_from > day]
    past = [rate for rate in found if _is_over(rate, day)]
    past.sort(key=lambda rate: rate.valid_from, reverse=True)
    return Table(day, rows, [_plain(rate) for rate in coming], [_plain(rate) for rate in past])


def _plain(rate: CommissionRate) -> Row:
    return Row(modules.BY_CODE[rate.module], rate)


def _is_over(rate: CommissionRate, day: date) -> bool:
    return rate.valid_until is not None and rate.valid_until <= day


def _is_whole(rate: CommissionRate, module: modules.Module) -> bool:
    """Holds for everything of the module, whoever sells."""
    return rate.module == module.code and not rate.category and rate.business_id is None


def _after(rate: CommissionRate, found: list[CommissionRate]) -> CommissionRate | None:
    """What comes next in its scope. An agreement that ends gives way to the rate of all."""
    later = [one for one in found if _scope(one) == _scope(rate) and one.valid_from > rate.valid_from]
    if later or not rate.valid_until or not rate.business_id:
        return min(later, key=lambda one: one.valid_from, default=None)
    day = rate.valid_until
    general = [one for one in found if one.module == rate.module and one.business_id is None]
    holding = [one for one in general if one.valid_from <= day and not _is_over(one, day)]
    fitting = [one for one in holding if one.category in ("", rate.category)]
    return max(fitting, key=lambda one: one.category, default=None)


def _first_of(module: modules.Module, found: list[CommissionRate], day: date) -> CommissionRate | None:
    later = [one for one in found if one.module == module.code and not one.category and one.valid_from > day]
    return min((one for one in later if not one.business_id), key=lambda one: one.valid_from, default=None)


def _scope(rate: CommissionRate) -> tuple[Any, ...]:
    return rate.module, rate.category, rate.business_id


def shares(*, gross: Decimal, vat_percent: Decimal, business: Any, day: date, **scope: str) -> rates.Shares:
    """What is left of a price: the same function that charges."""
    from .sold import Sold

    vat = Sold("", gross, vat_percent).vat
    return rates.share(gross=gross, vat=vat, business=business, day=day, **scope)  # type: ignore[arg-type]
