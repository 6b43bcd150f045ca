"""What somebody waits for: which animals, which days, which parts of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking.models import Offering
from booking.search_words import Part
from pets.models import Pet

from . import rules


class WaitForm(forms.Form):
    hayvan = forms.MultipleChoiceField(label=_("Who is coming?"), widget=forms.CheckboxSelectMultiple)
    ilk = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    son = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    vakit = forms.MultipleChoiceField(
        label=_("Part of the day"),
        choices=Part.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: any time of the day."),
    )
    gece = forms.IntegerField(label=_("Nights"), min_value=1, max_value=rules.MOST_NIGHTS)

    def __init__(
        self, data: Any, *, offering: Offering, pets: list[Pet], today: date, initial: Any = None
    ) -> None:
        self.pets = {str(one.public_id): one for one in pets}
        super().__init__(data, initial=initial)
        self.fields["hayvan"].choices = [(key, one.name) for key, one in self.pets.items()]  # type: ignore[attr-defined]
        last = today + timedelta(days=offering.horizon_days)
        for name in ("ilk", "son"):
            self.fields[name].widget.attrs |= {"min": f"{today:%Y-%m-%d}", "max": f"{last:%Y-%m-%d}"}
        if offering.traits.by_night:
            del self.fields["vakit"]
            self.fields["ilk"].label, self.fields["son"].label = _("Arrival from"), _("Arrival until")
        else:
            del self.fields["gece"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if (first := given.get("ilk")) and (last := given.get("son")) and last < first:
            self.add_error("son", _("It ends before it begins."))
        return given

    def wish(self) -> dict[str, Any]:
        """As `services.join` takes it."""
        given = self.cleaned_data
        return {
            "pets": [self.pets[one] for one in given["hayvan"]],
            "first": given["ilk"],
            "last": given["son"],
            "parts": given.get("vakit", []),
            "nights": given.get("gece") or 0,
        }
