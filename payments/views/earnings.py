"""What a business earned: where it stands, sale by sale, and the way each amount took."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import journal
from core.templatetags.amounts import in_hundred
from finance import permissions, waterfall
from finance.models import CommissionLine
from teams.access import BusinessPanelView

from .. import earnings, payout_forms
from .. import payout_events as events

CHUNK = 500


class EarningsView(BusinessPanelView):
    right = permissions.EARNINGS


class Earnings(EarningsView):
    """The first look: four sums, the last twelve weeks or months."""

    template_name = "payments/business/earnings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        monthly = self.request.GET.get("gorunum") == "ay"
        periods = earnings.by_period(self.business, today=timezone.localdate(), monthly=monthly)
        return super().get_context_data(
            standing=earnings.standing(self.business),
            periods=periods,
            is_empty=not any(one.count for one in periods),
            monthly=monthly,
            recent=earnings.lines(self.business).select_related("rate")[:5],
            **kwargs,
        )


class Sales(EarningsView):
    template_name = "payments/business/sales.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = payout_forms.Sales(self.request.GET)
        rows = earnings.lines(self.business, **form.chosen)
        after = self.request.GET.get("sonra", "")
        return super().get_context_data(
            filter=form,
            page=earnings.page(rows, after=after),
            after=after,
            sums=earnings.sums(rows),
            **kwargs,
        )


class Sale(EarningsView):
    """One sale explained, with what was given back of it."""

    template_name = "payments/business/sale.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = CommissionLine.objects.filter(business=self.business).select_related("rate", "of")
        line = get_object_or_404(rows, pk=self.kwargs["pk"])
        sold = line.of or line
        refunds = list(sold.refunds.order_by("at", "pk"))
        return super().get_context_data(
            line=sold,
            bars=waterfall.bars(sold),
            refunds=refunds,
            left=sold.net + sum(one.net for one in refunds),
            **kwargs,
        )


class SalesFile(EarningsView):
    """The list as CSV, sent row by row, so that ten thousand sales need no more memory than ten."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        chosen = payout_forms.Sales(request.GET).chosen
        told = {"business": self.business.pk, "kind": "sales"}
        journal.write(events.EARNINGS_TAKEN, actor=request.user, subject=self.business, data=told)
        rows = earnings.lines(self.business, **chosen)
        answer = StreamingHttpResponse(_written(rows), content_type="text/csv; charset=utf-8")
        name = f"{self.business.slug}-satislar-{timezone.localdate():%Y-%m-%d}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer  # type: ignore[return-value]


class _Echo:
    def write(self, value: str) -> str:
        return value


def _written(rows: Any) -> Iterator[str]:
    """With a mark, so that Excel reads it as UTF-8; semicolons, as it expects in Turkish."""
    writer = csv.writer(_Echo(), delimiter=";")
    head = [_("When"), _("Module"), _("Kind"), _("Price"), _("VAT in the price"), _("Rate"), _("Commission")]
    head += [_("VAT on the commission"), _("Withholding tax"), _("Earned"), _("Number")]
    yield "\ufeff" + writer.writerow(head)
    after = ""
    while True:
        part = earnings.page(rows, after=after, size=CHUNK)
        for line in part.rows:
            yield writer.writerow(_cells(line))
        if not part.after:
            return
        after = part.after


def _cells(line: CommissionLine) -> list[str]:
    amounts = [line.commission, line.commission_vat, line.withholding, line.net]
    return [
        date_format(timezone.localtime(line.at), "Y-m-d H:i"),
        str(line.get_module_display()),
        _("Refund") if line.of_id else _("Sale"),
        _number(line.gross),
        _number(line.vat),
        in_hundred(line.percent),
        *map(_number, amounts),
        str(line.pk),
    ]


def _number(amount: Any) -> str:
    return str(amount).replace(".", ",")
