"""What the day asks for: a walk-in, another time, a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.phones import PhoneField
from pets.species import Species

from .grid import near
from .services import Guest


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class When(forms.Form):
    """A day, a time, and on whom or what (if that matters)."""

    gun = _day(_("Day"))
    saat = _time(_("Time"))

    def __init__(self, *args: Any, resources: Any, at: datetime, **more: Any) -> None:
        local = near(at)
        more["initial"] = {"gun": local.date(), "saat": local.time()} | more.get("initial", {})
        super().__init__(*args, **more)
        self.fields["kaynak"] = forms.ModelChoiceField(
            resources,
            label=_("With whom or where"),
            to_field_name="public_id",
            required=False,
            empty_label=_("Whoever is free"),
        )

    @property
    def starts_at(self) -> datetime:
        given = self.cleaned_data
        return timezone.make_aware(datetime.combine(given["gun"], given["saat"]))

    @property
    def on(self) -> list[Any]:
        chosen = self.cleaned_data["kaynak"]
        return [chosen] if chosen else []


class WalkInForm(When):
    name = forms.CharField(label=_("Name of the customer"), max_length=120)
    phone = PhoneField(label=_("Phone"), required=False)
    animal = forms.CharField(label=_("Name of the animal"), max_length=60)
    species = forms.ChoiceField(label=_("Kind of animal"), choices=Species.choices)
    nights = forms.IntegerField(label=_("Nights"), min_value=1, max_value=90, required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, offerings: Any, has_stays: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["offering"] = forms.ModelChoiceField(
            offerings, label=_("Service"), to_field_name="public_id", empty_label=None
        )
        first = ("offering", "gun", "saat", "nights", "kaynak", "name", "phone", "animal", "species", "note")
        self.order_fields(first)
        if not has_stays:
            del self.fields["nights"]

    def guest(self) -> Guest:
        given = self.cleaned_data
        return Guest(given["name"], given["phone"], given["animal"], given["species"])


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your customer reads this."),
    )
