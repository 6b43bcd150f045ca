"""Forms about prices."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.templatetags.amounts import in_hundred
from teams.models import Business

from . import pricing, rates
from .agreeing import Terms
from .models import CommissionRate, Tax, TaxRate

MOST = Decimal("999999.99")
SEPARATOR = ":"


class LiraField(forms.DecimalField):
    """Takes `1.234,50` as well as `1234.50`."""

    def __init__(self, **options: Any) -> None:
        for name, value in {"min_value": 0, "max_value": MOST, "localize": True}.items():
            options.setdefault(name, value)
        super().__init__(max_digits=10, decimal_places=2, **options)
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value: Any) -> Any:
        return super().to_python(_plain(value) if isinstance(value, str) else value)


def _plain(value: str) -> str:
    """A comma is the last separator in Turkish; three digits behind a dot are thousands."""
    text = value.replace("₺", "").replace("\xa0", "").replace(" ", "")
    if "," in text and text.rfind(",") > text.rfind("."):
        return text.replace(".", "").replace(",", ".", 1)
    return text.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", text) else text


class Calculator(forms.Form):
    """ "What do you get?" A GET form: what it asks stands in the address."""

    scope = forms.ChoiceField(label=_("Module"))
    price = LiraField(label=_("Price with VAT"), min_value=Decimal("0.01"))
    vat = forms.DecimalField(
        label=_("VAT in it, percent"),
        min_value=0,
        max_value=99,
        max_digits=4,
        decimal_places=2,
        localize=True,
    )

    def __init__(self, data: Any = None, *, table: pricing.Table, business: Any = None) -> None:
        self.day, self.business = table.day, business
        vat = rates.tax_percent(Tax.COMMISSION_VAT, table.day)
        begin = {"scope": _scope(table.now[0]), "price": Decimal(1000), "vat": vat.normalize() + 0}
        super().__init__(data if data and data.keys() & self.base_fields.keys() else begin, auto_id="calc_%s")
        self.fields["scope"].choices = _scopes(table)  # type: ignore[attr-defined]

    @property
    def shares(self) -> rates.Shares | None:
        if not self.is_valid():
            return None
        module, category = self.cleaned_data["scope"].split(SEPARATOR, 1)
        return pricing.shares(
            gross=self.cleaned_data["price"],
            vat_percent=self.cleaned_data["vat"],
            business=self.business,
            day=self.day,
            module=module,
            category=category,
        )


def _scope(row: pricing.Row) -> str:
    return f"{row.module.code}{SEPARATOR}{row.category}"


def _scopes(table: pricing.Table) -> list[tuple[str, str]]:
    """Each module and category once, with the rate that counts there."""
    found = {}
    for row in table.now:
        counts = table.row(row.module.code, row.category)
        words = f"{row.module.label} · {row.category}" if row.category else f"{row.module.label}"
        found[_scope(row)] = f"{words} ({in_hundred(counts.percent)})"
    return list(found.items())


TERMS = [
    "module",
    "category",
    "business",
    "percent",
    "fixed",
    "minimum",
    "maximum",
    "valid_from",
    "valid_until",
    "note",
]


class RateForm(forms.ModelForm):
    """A rate in words; what it replaces ends by itself."""

    class Meta:
        model = CommissionRate
        fields = TERMS
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("valid_from", "valid_until")
        }
        labels = {
            "percent": _("Percent of the price"),
            "fixed": _("plus a fixed amount, ₺"),
            "minimum": _("at least, ₺"),
            "maximum": _("at most, ₺"),
            "valid_until": _("First day without it"),
        }
        help_texts = {
            "category": _("Empty: the whole module."),
            "business": _("Empty: everybody. With a business: an agreement only it sees."),
            "maximum": _("Empty: no upper limit."),
            "valid_until": _("Empty: until another rate follows."),
            "note": _("Why; only staff read it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["business"].queryset = Business.objects.order_by("name")  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """An overlap is a sentence of the verb, not the name of a constraint: no row is filled here."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begin, end = given.get("valid_from"), given.get("valid_until")
        if begin and end and end <= begin:
            self.add_error("valid_until", _("It has to hold for a day at least."))
        low, high = given.get("minimum"), given.get("maximum")
        if low is not None and high is not None and high < low:
            self.add_error("maximum", _("This is less than the least."))
        return given

    @property
    def terms(self) -> Terms:
        return Terms(**{name: self.cleaned_data[name] for name in TERMS})


class TaxRateForm(forms.ModelForm):
    class Meta:
        model = TaxRate
        fields = ["tax", "percent", "valid_from", "valid_until", "source", "checked_on"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"tax", "valid_from"} <= given.keys() and self._others(
            given["valid_from"], given.get("valid_until")
        ):
            self.add_error("valid_from", _("Another figure holds at that time. End that one first."))
        return given

    def _others(self, begin: date, end: date | None) -> bool:
        rows = TaxRate.objects.filter(tax=self.cleaned_data["tax"]).exclude(pk=self.instance.pk)
        rows = rows.exclude(valid_until__lte=begin)
        return (rows.filter(valid_from__lt=end) if end else rows).exists()
