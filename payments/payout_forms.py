"""Forms about payouts, statements and differences."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.pricing_forms import LiraField
from teams import modules

from . import statements
from .models import Every, Step

LONGEST = timedelta(days=366)


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Sales(forms.Form):
    """A range of local days and a module; what is wrong is left out, so a link never breaks."""

    bas = forms.DateField(label=_("From"), required=False, widget=_day())
    son = forms.DateField(label=_("Until"), required=False, widget=_day())
    modul = forms.ChoiceField(label=_("Module"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="sales_%s")
        choices = [("", _("All modules")), *((one.code, one.label) for one in modules.ALL)]
        self.fields["modul"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begin, end = given.get("bas"), given.get("son")
        if begin and end and end < begin:
            self.add_error("son", _("The last day is before the first one."))
        return given

    @property
    def chosen(self) -> dict[str, Any]:
        data = self.cleaned_data if self.is_valid() else {}
        return {"begin": data.get("bas"), "end": data.get("son"), "module": data.get("modul", "")}


class AskForPayout(forms.Form):
    amount = LiraField(label=_("Amount, ₺"), min_value=Decimal("0.01"))


class Plan(forms.Form):
    every = forms.ChoiceField(label=_("How often"), choices=Every.choices, widget=forms.RadioSelect)
    minimum = LiraField(label=_("Only from this amount on, ₺"))


class Upload(forms.Form):
    file = forms.FileField(
        label=_("Statement of the bank"), help_text=_("CSV, MT940 or CAMT.053, at most 5 MB.")
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > statements.MOST_BYTES:
            raise forms.ValidationError(str(statements.TOO_LARGE))
        return file


class Decide(forms.Form):
    step = forms.ChoiceField(choices=Step.choices)
    note = forms.CharField(required=False, max_length=300)


class Day(forms.Form):
    day = forms.DateField(label=_("Day"), widget=_day())
    provider = forms.ChoiceField(label=_("Provider"))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not timezone.localdate() - LONGEST <= day < timezone.localdate():
            raise forms.ValidationError(_("A day that is over, within the last year."))
        return day
