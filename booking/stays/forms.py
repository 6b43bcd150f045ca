"""What is written about a day, and another day of leaving."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core import free_text, money, photos

from . import rules
from .leaving_days import Day
from .models import Report
from .services import Picture

SLOTS = 3  # new pictures at once


class PhotoField(forms.FileField):
    """Gives a JPEG that was drawn anew."""

    def __init__(self, **more: Any) -> None:
        more["widget"] = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
        super().__init__(required=False, **more)

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        file = super().clean(data, initial)
        return photos.checked_image(file, longest_edge=rules.LARGE) if file else None


class ReportForm(forms.Form):
    text = forms.CharField(
        label=_("How was the day?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What it ate, how it slept, what it played. The customer reads it at once."),
        validators=[free_text.refuse_secrets],
    )

    def __init__(self, data: Any = None, files: Any = None, *, report: Report | None) -> None:
        super().__init__(data, files, initial={"text": report.text} if report else {})
        self.kept = list(report.photos.all()) if report else []
        for photo in self.kept:
            self.fields[f"alt_{photo.pk}"] = _alt(photo.alt)
            self.fields[f"drop_{photo.pk}"] = forms.BooleanField(
                label=_("Take this picture out"), required=False
            )
        self.free = min(SLOTS, rules.MOST_PHOTOS - len(self.kept))
        for number in range(1, self.free + 1):
            self.fields[f"photo_{number}"] = PhotoField(label=gettext("Picture %d") % number)
            self.fields[f"new_alt_{number}"] = _alt()

    def kept_rows(self) -> list[tuple[Any, Any, Any]]:
        return [(one, self[f"alt_{one.pk}"], self[f"drop_{one.pk}"]) for one in self.kept]

    def new_rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"photo_{number}"], self[f"new_alt_{number}"]) for number in range(1, self.free + 1)]

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        pairs = [(given[f"photo_{n}"], given[f"new_alt_{n}"]) for n in range(1, self.free + 1)]
        return {
            "text": given["text"],
            "pictures": [Picture(jpeg, alt) for jpeg, alt in pairs if jpeg],
            "alts": {one.pk: given[f"alt_{one.pk}"] for one in self.kept},
            "drop": [one.pk for one in self.kept if given[f"drop_{one.pk}"]],
        }


def _alt(kept: str = "") -> forms.CharField:
    return forms.CharField(
        label=_("What it shows"),
        required=False,
        max_length=160,
        initial=kept,
        help_text=_("For whoever cannot see it, for example “Duman sleeps in the sun”."),
    )


class DayForm(forms.Form):
    """One of the days that are possible; it names itself and what it costs."""

    def __init__(self, data: Any = None, *, days: Sequence[Day], more: bool = False) -> None:
        super().__init__(data)
        self.days = {f"{one.on:%Y-%m-%d}": one for one in days}
        self.fields["gun"] = forms.ChoiceField(
            label=_("New day of leaving"), choices=[(key, _named(one)) for key, one in self.days.items()]
        )
        if more:
            self.fields["back"] = forms.DecimalField(
                label=_("Of that goes back to the customer"),
                min_value=0,
                max_digits=12,
                decimal_places=2,
                required=False,
                localize=True,
                help_text=_("Only if it ends earlier; empty: nothing. At most what the unused nights cost."),
            )
            self.fields["room"] = forms.BooleanField(
                label=_("Another room is all right, the customer knows"), required=False
            )

    @property
    def day(self) -> Day:
        return self.days[self.cleaned_data["gun"]]


def _named(day: Day) -> str:
    count = abs(day.nights)
    if day.is_earlier:
        nights = ngettext("%(count)d night less", "%(count)d nights less", count) % {"count": count}
    else:
        nights = ngettext("%(count)d night more", "%(count)d nights more", count) % {"count": count}
    other = gettext(", in another room") if day.is_other_room else ""
    return f"{date_format(day.on, 'j F l')} · {nights} · {money.display(day.amount)}{other}"


class BackForm(forms.Form):
    """How much of the unused nights goes back in all."""

    amount = forms.DecimalField(
        label=_("Goes back in all"), min_value=0, max_digits=12, decimal_places=2, localize=True
    )

    def __init__(self, data: Any = None, *, least: Decimal, most: Decimal) -> None:
        super().__init__(data, initial={"amount": least})
        self.least, self.most = least, most

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if not self.least <= amount <= self.most:
            between = {"least": money.display(self.least), "most": money.display(self.most)}
            raise ValidationError(_("Between %(least)s and %(most)s.") % between, code="out_of_bounds")
        return amount
