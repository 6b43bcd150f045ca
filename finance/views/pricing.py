""" "Finans > Ücretlendirme" of a business, and the same table for everybody."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.views.generic import TemplateView

from core.models import ProofResult
from teams.access import BusinessPanelView

from .. import permissions, pricing, rates, waterfall
from .. import pricing_forms as forms
from ..models import Tax

PROOF = "finance.rates_as_shown"
PARTS = {"": "now", "siradaki": "coming", "gecmis": "past"}


class PriceView:
    """The table, one part of it at a time, and the calculator below."""

    request: Any

    def prices(self, business: Any = None) -> dict[str, Any]:
        day = timezone.localdate()
        table = pricing.table(business=business, day=day)
        part = PARTS.get(self.request.GET.get("donem", ""), "now")
        form = forms.Calculator(self.request.GET, table=table, business=business)
        shares = form.shares
        return {
            "table": table,
            "part": part,
            "rows": getattr(table, part),
            "calculator": form,
            "shares": shares,
            "bars": waterfall.bars(shares) if shares else [],
            "commission_vat": rates.tax_percent(Tax.COMMISSION_VAT, day),
            "withholding": rates.tax_percent(Tax.WITHHOLDING, day),
            "notice_days": settings.RATE_NOTICE_DAYS,
            "proof": ProofResult.objects.filter(code=PROOF).first(),
        }


class Prices(PriceView, TemplateView):
    """For who is not a business: the public rates."""

    template_name = "finance/prices.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(self.prices() | kwargs))


class BusinessPrices(PriceView, BusinessPanelView):
    template_name = "finance/business_prices.html"
    right = permissions.EARNINGS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(self.prices(self.business) | kwargs))
