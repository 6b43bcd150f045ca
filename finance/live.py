"""What this room lends to pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import live

from . import pricing, rates
from .models import CommissionRate, Tax


@live.block("finance.commissions", title=_("Commission table"), template="finance/live/commissions.html")
def commissions() -> dict[str, Any]:
    """The rates that charge today, and what is announced. Agreements of single businesses are not told."""
    day = timezone.localdate()
    table = pricing.table(day=day)
    return {
        "day": day.isoformat(),
        "rows": [_row(one) for one in table.now],
        "coming": [_row(one) for one in table.coming],
        "next_day": table.next_day and table.next_day.isoformat(),
        "commission_vat": str(rates.tax_percent(Tax.COMMISSION_VAT, day)),
        "withholding": str(rates.tax_percent(Tax.WITHHOLDING, day)),
        "url": reverse("finance:prices"),
    }


def _row(row: pricing.Row) -> dict[str, Any]:
    rate = row.rate
    return {
        "module": row.module.code,
        "name": str(row.module.label),
        "category": row.category,
        "percent": str(row.percent),
        **{name: _amount(rate, name) for name in ("fixed", "minimum", "maximum")},
        "valid_from": rate.valid_from.isoformat() if rate else None,
        "valid_until": rate.valid_until.isoformat() if rate and rate.valid_until else None,
        "next": row.following
        and {"percent": str(row.following.percent), "valid_from": row.following.valid_from.isoformat()},
    }


def _amount(rate: CommissionRate | None, name: str) -> str | None:
    value = getattr(rate, name, None)
    return None if value is None else str(value)
