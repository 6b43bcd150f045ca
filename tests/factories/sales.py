"""Rates, figures of tax, sales."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from finance import ledger, services
from finance.models import AccountKind, CommissionLine, CommissionRate, Tax, TaxRate

LONG_AGO = date(2020, 1, 1)


def rate(percent: str = "10", **more: Any) -> CommissionRate:
    given = {"module": "store", "valid_from": LONG_AGO, "percent": Decimal(percent)} | more
    return CommissionRate.objects.create(**given)


def taxes(vat: str = "20", withholding: str = "1") -> None:
    """In place of those of the law."""
    TaxRate.objects.exclude(tax__startswith="vat_").delete()
    for tax, percent in ((Tax.COMMISSION_VAT, vat), (Tax.WITHHOLDING, withholding)):
        known = {"source": "test", "checked_on": LONG_AGO, "valid_from": LONG_AGO}
        TaxRate.objects.create(tax=tax, percent=Decimal(percent), **known)


def sale(business: Any, gross: str = "120", vat: str = "20", *, key: str = "", **more: Any) -> CommissionLine:
    """Settled, in reserve. `earned=True`: what is left may be paid out."""
    now, is_earned = more.pop("now", timezone.now()), more.pop("earned", False)
    where = {"module": "store", "source": ledger.account(AccountKind.CLEARING, name="iyzico")} | more
    key = key or f"sale {CommissionLine.objects.count() + 1}"
    line = services.settle_sale(
        key=key, business=business, gross=Decimal(gross), vat=Decimal(vat), now=now, **where
    )
    if is_earned:
        services.earn(line=line, now=now)
    return line
