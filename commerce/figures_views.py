""" "Satış özeti", and the orders as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model

from core import journal, sheets

from . import events, figures, permissions
from .parcel_views import SellerView

Line = get_model("order", "Line")
SellerOrder = get_model("order", "SellerOrder")
CHUNK = 500
USUAL = timedelta(days=29)


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Days(forms.Form):
    """A range of local days; what is wrong is left out, so a link never breaks."""

    bas = forms.DateField(label=gettext_lazy("First day"), required=False, widget=_day())
    son = forms.DateField(label=gettext_lazy("Last day"), required=False, widget=_day())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begin, end = given.get("bas"), given.get("son")
        if begin and end and end < begin:
            self.add_error("son", _("The last day is before the first one."))
        if begin and end and (end - begin).days >= figures.LONGEST:
            self.add_error("son", _("At most one year at a time."))
        return given

    @property
    def chosen(self) -> figures.Range:
        """The last thirty days where nothing is chosen; never more than a year."""
        data = self.cleaned_data if self.is_valid() else {}
        end = data.get("son") or timezone.localdate()
        begin = data.get("bas") or end - USUAL
        return figures.Range(max(min(begin, end), end - timedelta(days=figures.LONGEST - 1)), end)


class FiguresView(SellerView):
    right = permissions.FIGURES


class Figures(FiguresView):
    template_name = "commerce/seller/figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = Days(self.request.GET or None, auto_id="figures_%s")
        days, now = form.chosen, timezone.now()
        return super().get_context_data(
            days=days,
            filter=form,
            sums=figures.sums(self.business, days, now=now),
            bars=figures.bars(self.business, days),
            best=figures.best(self.business, days),
            **kwargs,
        )


class OrdersFile(FiguresView):
    """Parcels, or their lines with `?ne=satir`, of the chosen days."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        days, is_lines = Days(request.GET).chosen, request.GET.get("ne") == "satir"
        kind = "lines" if is_lines else "orders"
        told = {"kind": kind, "begin": str(days.begin), "end": str(days.end)}
        journal.write(events.ORDERS_TAKEN, actor=request.user, subject=self.business, data=told)
        heads, rows = (_line_heads(), lines) if is_lines else (_heads(), orders)
        content = sheets.written(heads, rows(self.business, days))
        answer = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
        word = _("lines") if is_lines else _("orders")
        name = f"{self.business.slug}-{word}-{days.begin:%Y-%m-%d}-{days.end:%Y-%m-%d}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


def _heads() -> list[str]:
    heads = [_("Parcel"), _("Paid"), _("State"), _("Name"), _("District"), _("Province"), _("Goods")]
    heads += [_("Delivery"), _("Total"), _("Given back"), _("Leaves by"), _("Sent"), _("Delivered")]
    return [*heads, _("Carrier of the parcel"), _("Tracking number")]


def _line_heads() -> list[str]:
    return [
        _("Parcel"),
        _("Paid"),
        _("State"),
        _("Product"),
        _("Item code"),
        _("Pieces"),
        _("Price"),
        _("VAT"),
    ]


def orders(business: Any, days: figures.Range) -> Iterator[list[str]]:
    rows = days.of(SellerOrder.objects.filter(business=business)).order_by("paid_at", "pk")
    for parcel in rows.select_related("order__shipping_address").iterator(chunk_size=CHUNK):
        address = parcel.order.shipping_address
        yield [
            parcel.number,
            _moment(parcel.paid_at),
            str(parcel.get_status_display()),
            *((address.name, address.line4, address.state) if address else ("", "", "")),
            *map(_number, (parcel.goods, parcel.delivery, parcel.total, parcel.refunded)),
            *map(_moment, (parcel.ship_by, parcel.shipped_at, parcel.delivered_at)),
            str(parcel.carrier_label),
            parcel.tracking,
        ]


def lines(business: Any, days: figures.Range) -> Iterator[list[str]]:
    rows = days.of(Line.objects.filter(parcel__business=business), "parcel__paid_at")
    rows = rows.select_related("parcel__order").order_by("parcel__paid_at", "pk")
    for line in rows.iterator(chunk_size=CHUNK):
        yield [
            line.parcel.number,
            _moment(line.parcel.paid_at),
            str(line.parcel.get_status_display()),
            line.title,
            line.partner_sku,
            str(line.quantity),
            _number(line.line_price_incl_tax),
            _number(line.vat_percent),
        ]


def _moment(value: Any) -> str:
    return date_format(timezone.localtime(value), "Y-m-d H:i") if value else ""


def _number(amount: Any) -> str:
    return str(amount).replace(".", ",")
