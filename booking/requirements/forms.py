"""What is filled in before arrival, and what a business asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import free_text
from core.phones import PhoneField

from ..kinds import Kind
from ..models import Booking, BookingItem
from .checklist import Line
from .kinds import IDENTITY, PERMIT, State, What
from .models import Care, Diet, OwnRequirement
from .services import Given, Said

NUMBER = RegexValidator(
    r"^(\d{15}|(?=.*\d)[A-Za-z0-9][A-Za-z0-9 /-]{3,19})\Z",
    _("A chip number has 15 digits; a passport number is shorter."),
)


def _words(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[free_text.refuse_secrets],
    )


def _day(label: Any, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=False, widget=widget)


class Arrival(forms.Form):
    """Fields only for what no file says yet, and how the animals are cared for."""

    def __init__(
        self, data: Any = None, *, booking: Booking, lines: Sequence[Line], is_desk: bool = False
    ) -> None:
        super().__init__(data)
        self.is_desk, self.booking = is_desk, booking
        self.lines = [one for one in lines if one.item and _is_open(one, is_desk)]
        self.animals = list({one.item.pk: one.item for one in lines if one.item}.values())
        self.groups: list[tuple[Any, list[str]]] = [self._group_of(item) for item in self.animals]
        self.groups.append((_("While they are there"), self._care()))

    def parts(self) -> list[tuple[Any, list[Any]]]:
        """For the template: a title and its fields."""
        return [(title, [self[name] for name in names]) for title, names in self.groups if names]

    def _group_of(self, item: BookingItem) -> tuple[Any, list[str]]:
        names: list[str] = []
        for line in self.lines:
            if line.item and line.item.pk == item.pk:
                names += self._fields_of(line, item)
        if self.booking.kind == Kind.STAY:
            names += self._diet(item)
        return item.name, names

    def _fields_of(self, line: Line, item: BookingItem) -> list[str]:
        name, kept = f"{line.code}_{item.pk}", line.answer
        if line.code == IDENTITY:
            return [self._add(name, _number(line), kept and kept.text)]
        if line.own and line.own.what == What.OTHER:
            field = forms.BooleanField(label=line.title, required=False, help_text=line.own.hint)
            return [self._add(name, field, kept is not None)]
        given = _day(gettext("%(vaccine)s, given on") % {"vaccine": line.title})
        until = _day(
            gettext("%(vaccine)s, valid until") % {"vaccine": line.title}, _("If the papers say so.")
        )
        return [
            self._add(f"{name}_on", given, kept and kept.given_on),
            self._add(f"{name}_until", until, kept and kept.valid_until),
        ]

    def _diet(self, item: BookingItem) -> list[str]:
        kept = Diet.objects.filter(item=item).first()
        feeding = _words(_("Feeding"), _("What, how much, how often; what it must not have."))
        medicine = _words(_("Medicine"), _("What, how much, when. Bring it in its own package."))
        return [
            self._add(f"feeding_{item.pk}", feeding, kept and kept.feeding),
            self._add(f"medicine_{item.pk}", medicine, kept and kept.medicine),
        ]

    def _care(self) -> list[str]:
        kept = Care.objects.filter(booking=self.booking).first()
        labels = {one.name: one.verbose_name for one in Care._meta.fields if one.name in CARE}
        made = {
            name: PhoneField(label=label, required=False)
            if name.endswith("phone")
            else forms.CharField(label=label, required=False, max_length=120)
            for name, label in labels.items()
        }
        return [self._add(name, field, kept and getattr(kept, name)) for name, field in made.items()]

    def _add(self, name: str, field: forms.Field, initial: Any) -> str:
        self.fields[name] = field
        self.initial[name] = initial
        return name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in [one for one in self.fields if one.endswith("_on")]:
            self._check_days(name, f"{name.removesuffix('_on')}_until", given)
        return given

    def _check_days(self, on: str, until: str, given: dict[str, Any]) -> None:
        first, last = given.get(on), given.get(until)
        if first and first > timezone.localdate():
            self.add_error(on, _("This day is still to come."))
        elif last and not first:
            self.add_error(on, _("Say also when it was given."))
        elif first and last and last <= first:
            self.add_error(until, _("It ends after it was given."))

    def given(self) -> Given:
        read = self.cleaned_data
        diets = {
            item.pk: {part: read[f"{part}_{item.pk}"] for part in ("feeding", "medicine")}
            for item in self.animals
            if f"feeding_{item.pk}" in read
        }
        said = {(one.item.pk, one.code): self._said(one) for one in self.lines if one.item}
        return Given({name: read[name] for name in CARE}, diets, said)

    def _said(self, line: Line) -> Said | None:
        name = f"{line.code}_{line.item.pk}"  # type: ignore[union-attr]
        read = self.cleaned_data
        if f"{name}_on" in read:
            on: date | None = read[f"{name}_on"]
            return Said(given_on=on, valid_until=read[f"{name}_until"]) if on else None
        value = read[name]
        return (Said("" if value is True else value)) if value else None


CARE = ("contact_name", "contact_phone", "vet_name", "vet_phone")


def _number(line: Line) -> forms.CharField:
    return forms.CharField(label=line.title, required=False, max_length=20, validators=[NUMBER])


def _is_open(line: Line, is_desk: bool) -> bool:
    """What a file says is not asked again; what the desk sees with its eyes it ticks."""
    is_word = line.own is not None and line.own.what == What.OTHER
    if line.code == PERMIT or (is_word and is_desk):
        return False
    return line.answer is not None or line.state in (State.MISSING, State.SAID)


class OwnForm(forms.ModelForm):
    """What a business asks for beside the law."""

    class Meta:
        model = OwnRequirement
        fields = ["what", "vaccine", "words", "hint", "species"]
        labels = {"words": _("In your words (only for something else)")}
        widgets = {"what": forms.RadioSelect}
        help_texts = {
            "vaccine": _("Only for a vaccination. It has to last until the last day."),
            "species": _("None ticked: of all animals."),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["what"].choices = What.choices  # type: ignore[attr-defined]
        self.fields["what"].initial = What.VACCINE

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        what = given.get("what")
        self._need(given, "vaccine", what == What.VACCINE, _("Choose the vaccination."))
        self._need(given, "words", what == What.OTHER, _("Say what you ask for."))
        return given

    def _need(self, given: dict[str, Any], name: str, is_asked: bool, message: Any) -> None:
        if is_asked and not given.get(name):
            self.add_error(name, message)
        if not is_asked:
            given[name] = ""

    def validate_constraints(self) -> None:
        """The verb knows business and kind; the form does not."""

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
