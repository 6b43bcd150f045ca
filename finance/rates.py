"""Which rate holds, and what it takes of a price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from core import money

from .models import CommissionRate, Tax, TaxRate
from .models.rates import HUNDRED

ZERO = Decimal(0)


@dataclass(frozen=True)
class Shares:
    """How a price is split; all in lira, `gross` is their sum (`vat` is a part of it, for the tax office)."""

    rate: CommissionRate | None
    percent: Decimal
    gross: Decimal
    vat: Decimal
    commission: Decimal
    commission_vat: Decimal
    withholding: Decimal

    @property
    def net(self) -> Decimal:
        return self.gross - self.commission - self.commission_vat - self.withholding


def on(day: date, rows: QuerySet) -> QuerySet:
    return rows.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day)


def commission_rate(
    *, module: str, category: str = "", business: Any = None, day: date
) -> CommissionRate | None:
    """The most specific one: category and business, business, category, module. None: nothing is kept."""
    rows = on(day, CommissionRate.objects.filter(module=module, category__in={category, ""}))
    fitting = rows.filter(Q(business=None) | Q(business=business)) if business else rows.filter(business=None)
    return max(fitting, key=lambda rate: (rate.business_id is not None, rate.category != ""), default=None)


def tax_percent(tax: Tax, day: date) -> Decimal:
    """Zero where the law asks for nothing on that day."""
    return on(day, TaxRate.objects.filter(tax=tax)).values_list("percent", flat=True).first() or ZERO


def share(
    *, gross: Decimal, vat: Decimal, module: str, category: str = "", business: Any, day: date
) -> Shares:
    """What of a price stays with whom. Withholding is counted from the price without VAT (GVK 94)."""
    rate = commission_rate(module=module, category=category, business=business, day=day)
    commission = _commission(rate, gross) if rate else ZERO
    commission_vat = _part(commission, tax_percent(Tax.COMMISSION_VAT, day))
    withholding = _part(gross - vat, tax_percent(Tax.WITHHOLDING, day))
    room = gross - withholding
    if commission + commission_vat > room:  # a minimum may exceed a small price; the seller never pays on top
        commission, commission_vat = money.split(room, [HUNDRED, tax_percent(Tax.COMMISSION_VAT, day)])
    percent = rate.percent if rate else ZERO
    return Shares(rate, percent, gross, vat, commission, commission_vat, withholding)


def _commission(rate: CommissionRate, gross: Decimal) -> Decimal:
    asked = max(_part(gross, rate.percent) + rate.fixed, rate.minimum)
    return min(asked, gross if rate.maximum is None else min(rate.maximum, gross))


def _part(amount: Decimal, percent: Decimal) -> Decimal:
    return money.lira(amount * percent / HUNDRED)
