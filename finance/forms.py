"""Which documents: a period in local days, and a kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import DocumentKind

THIS_MONTH, LAST_MONTH, THIS_YEAR, RANGE = "bu-ay", "gecen-ay", "bu-yil", "aralik"
PERIODS = {
    THIS_MONTH: _("This month"),
    LAST_MONTH: _("Last month"),
    THIS_YEAR: _("This year"),
    RANGE: _("Choose a range"),
}
EARLIEST, LATEST = date(2020, 1, 1), date(2099, 12, 31)


class DayField(forms.DateField):
    def __init__(self, **more: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            **more,
        )


class Choice(forms.Form):
    """`donem` names a period; `aralik` takes the two days, both counted."""

    donem = forms.ChoiceField(choices=list(PERIODS.items()), required=False, widget=forms.HiddenInput)
    baslangic = DayField(label=_("First day"), required=False)
    bitis = DayField(label=_("Last day (included)"), required=False)
    tur = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All documents")), *DocumentKind.choices], required=False
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("donem") == RANGE and not self.errors:
            for name in ("baslangic", "bitis"):
                if not found.get(name):
                    self.add_error(name, _("Choose a day."))
                elif not EARLIEST <= found[name] <= LATEST:
                    self.add_error(name, _("This day is out of reach."))
            if not self.errors and found["bitis"] < found["baslangic"]:
                self.add_error("bitis", _("The range ends before it begins."))
        return found


def days_of(period: str, today: date) -> tuple[date, date]:
    """The first and last day of a named period."""
    first = today.replace(day=1)
    if period == THIS_MONTH:
        return first, today
    if period == LAST_MONTH:
        last = first - timedelta(days=1)
        return last.replace(day=1), last
    return today.replace(month=1, day=1), today
