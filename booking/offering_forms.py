"""An offering, as its form asks for it: only what its kind knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from teams.models.hours import clock, minutes

from . import policies
from .models import Offering
from .services import Wanted

NEEDS, TIERS = (1, 2, 3), (1, 2, 3)
HOUR, DAY = 60, 24 * 60
NOTICES = (0, 30, HOUR, 2 * HOUR, 4 * HOUR, 12 * HOUR, DAY, 2 * DAY, 3 * DAY, 7 * DAY)
STEPS = (5, 10, 15, 20, 30, 45, 60, 90, 120)
BY_HOUR = ["minutes", "more_minutes", "step", "buffer_before", "buffer_after"]
BY_NIGHT = ["arrive_at", "leave_by", "least_nights", "most_nights"]
BOUNDS = {
    "most_pets": (1, 20),
    "minutes": (5, DAY),
    "more_minutes": (0, 240),
    "buffer_before": (0, 240),
    "buffer_after": (0, 240),
    "least_nights": (1, 365),
    "most_nights": (1, 365),
    "horizon_days": (1, 365),
    "price": (0, 10**6),
    "more_price": (0, 10**6),
    "deposit_percent": (0, 100),
}
RATES = ("20", "10", "1", "0")


def span(number: int) -> str:
    """`90` → “1 hour 30 minutes” in short."""
    if number and number % DAY == 0:
        return gettext("%(days)d d") % {"days": number // DAY}
    if number >= HOUR and number % HOUR == 0:
        return gettext("%(hours)d h") % {"hours": number // HOUR}
    return gettext("%(minutes)d min") % {"minutes": number}


class Minutes(forms.TypedChoiceField):
    """A choice of stretches of time; one that is kept and not among them is offered too."""

    def __init__(self, usual: Sequence[int], kept: int, **more: Any) -> None:
        numbers = sorted({*usual, kept})
        super().__init__(choices=[(one, span(one)) for one in numbers], coerce=int, **more)


class OfDay(forms.TimeField):
    """A moment of the day, kept in minutes since midnight."""

    def prepare_value(self, value: Any) -> Any:
        return clock(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        return minutes(super().clean(value))


def _time(label: Any) -> OfDay:
    return OfDay(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


GROUPS = [
    ("", ["name", "location", "text"]),
    (_("For whom"), ["species", "most_pets"]),
    (
        _("How long, and when"),
        [
            "minutes more_minutes",
            "arrive_at leave_by",
            "least_nights most_nights",
            "step",
            "buffer_before buffer_after",
            "notice_minutes horizon_days",
            "on_request",
        ],
    ),
    (_("Price"), ["price more_price", "vat_percent deposit_percent"]),
]


def _within(least: int, most: int) -> list[Any]:
    return [MinValueValidator(least), MaxValueValidator(most)]


class OfferingForm(forms.ModelForm):
    arrive_at = _time(_("Arrival from"))
    leave_by = _time(_("Leaving by"))

    class Meta:
        model = Offering
        fields = [
            "name",
            "location",
            "text",
            "species",
            "most_pets",
            *BY_HOUR,
            *BY_NIGHT,
            "notice_minutes",
            "horizon_days",
            "price",
            "more_price",
            "vat_percent",
            "deposit_percent",
            "on_request",
        ]
        localized_fields = ["price", "more_price"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        labels = {
            "text": _("What is done"),
            "minutes": _("How many minutes it takes"),
            "more_minutes": _("How many more for each further animal"),
            "buffer_before": _("Minutes kept free before it"),
            "buffer_after": _("Minutes kept free after it"),
            "horizon_days": _("Bookable for so many days ahead"),
            "price": _("Price in lira, VAT included"),
            "more_price": _("For each further animal"),
            "deposit_percent": _("Paid when booking, in percent"),
            "on_request": _("I answer each request myself within a day"),
        }
        help_texts = {
            "species": _("None ticked: for all animals."),
            "deposit_percent": _("100: all of it. 0: nothing, she pays at your place."),
        }

    def __init__(self, *args: Any, places: Any, resources: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.resources = resources
        traits = self.instance.traits
        for name in BY_HOUR if traits.by_night else BY_NIGHT:
            del self.fields[name]
        for name in self.fields.keys() & BOUNDS.keys():
            self.fields[name].validators += _within(*BOUNDS[name])
        self._ask_choices(places, by_night=traits.by_night)
        self._ask_needs()
        self._ask_policy()

    def _ask_choices(self, places: Any, *, by_night: bool) -> None:
        kept = self.instance
        self.fields["location"] = forms.ModelChoiceField(places, label=_("Branch"), empty_label=None)
        notice = Minutes(NOTICES, kept.notice_minutes, label=_("Bookable until how long before"))
        self.fields["notice_minutes"] = notice
        rates = [(one, f"%{one}") for one in RATES]
        self.fields["vat_percent"] = forms.ChoiceField(label=_("VAT"), choices=rates)
        self.initial["vat_percent"] = str(int(kept.vat_percent))
        if not by_night:
            self.fields["step"] = Minutes(STEPS, kept.step, label=_("A time every"))

    def _ask_needs(self) -> None:
        kept = list(self.instance.needs.prefetch_related("resources")) if self.instance.pk else []
        for number in NEEDS:
            need = kept[number - 1] if len(kept) >= number else None
            self.fields[f"need_{number}"] = forms.ModelMultipleChoiceField(
                self.resources,
                label=_("One of these") if number == 1 else _("And one of these"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            count = forms.IntegerField(label=_("How many of them"), min_value=1, max_value=20, required=False)
            self.fields[f"count_{number}"] = count
            self.initial[f"need_{number}"] = list(need.resources.all()) if need else []
            self.initial[f"count_{number}"] = need.count if need else 1

    def _ask_policy(self) -> None:
        kept = self.instance.policy
        for number in TIERS:
            hours, percent = kept[number - 1] if len(kept) >= number else (None, None)
            self.fields[f"hours_{number}"] = forms.IntegerField(
                label=_("Until so many hours before"), min_value=0, max_value=24 * 90, required=False
            )
            self.fields[f"percent_{number}"] = forms.IntegerField(
                label=_("so many percent go back"), min_value=1, max_value=100, required=False
            )
            self.initial[f"hours_{number}"], self.initial[f"percent_{number}"] = hours, percent

    def groups(self) -> list[tuple[Any, list[list[Any]]]]:
        """For the template: headings, and fields in rows of one or two."""
        return [(title, [row for names in rows if (row := self._row(names))]) for title, rows in GROUPS]

    def _row(self, names: str) -> list[Any]:
        return [self[name] for name in names.split() if name in self.fields]

    def needs_asked(self) -> list[tuple[Any, Any]]:
        return [(self[f"need_{number}"], self[f"count_{number}"]) for number in NEEDS]

    def tiers_asked(self) -> list[tuple[Any, Any]]:
        return [(self[f"hours_{number}"], self[f"percent_{number}"]) for number in TIERS]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        self._check_needs(facts)
        self._check_policy(facts)
        least, most = facts.get("least_nights"), facts.get("most_nights")
        if least and most and least > most:
            self.add_error("most_nights", _("Not fewer than the least."))
        return facts

    def _check_needs(self, facts: dict[str, Any]) -> None:
        place = facts.get("location")
        for number in NEEDS:
            chosen, count = list(facts.get(f"need_{number}") or []), facts.get(f"count_{number}") or 1
            if place and any(one.location_id != place.pk for one in chosen):
                self.add_error(f"need_{number}", _("All of them have to be in the branch of the service."))
            elif chosen and len(chosen) < count:
                self.add_error(f"count_{number}", _("You have ticked fewer than that."))

    def _check_policy(self, facts: dict[str, Any]) -> None:
        tiers = []
        for number in TIERS:
            hours, percent = facts.get(f"hours_{number}"), facts.get(f"percent_{number}")
            if (hours is None) != (percent is None):
                empty = f"hours_{number}" if hours is None else f"percent_{number}"
                self.add_error(empty, _("Write both, or leave both empty."))
            elif hours is not None:
                tiers.append([hours, percent])
        if not policies.is_sound(tiers):
            self.add_error("hours_1", _("Each line has fewer hours and a smaller part than the one above."))
        self.policy = tiers

    def facts(self) -> dict[str, Any]:
        names = [name for name in self.fields if name in self.Meta.fields]
        return {name: self.cleaned_data[name] for name in names} | {"policy": self.policy}

    def needs(self) -> list[Wanted]:
        asked = [(self.cleaned_data[f"need_{n}"], self.cleaned_data.get(f"count_{n}") or 1) for n in NEEDS]
        return [Wanted(list(chosen), count) for chosen, count in asked if chosen]


def resources_for(rows: Any) -> Any:
    return rows.filter(is_active=True).order_by("location_id", "position", "pk")


def blank(business: Any, kind: str) -> Offering:
    """Not saved: with what its kind starts with."""
    row = Offering(business=business, kind=kind)
    row.minutes = row.traits.minutes
    if row.traits.by_night:
        row.step = DAY
    return row
