"""What a driver tells with one hand. Every form carries the key of its press."""

from __future__ import annotations

import uuid
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from core.free_text import refuse_secrets

from .services import Told, photos
from .states import ON_THE_WAY, What

PLACES = Decimal("0.00001")  # a metre


class StepForm(forms.Form):
    """Base: `at` and the point come from the phone, and only the key is needed."""

    key = forms.CharField(widget=forms.HiddenInput, min_length=8, max_length=64)
    at = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    latitude = forms.DecimalField(
        widget=forms.HiddenInput, min_value=-90, max_value=90, required=False, max_digits=22
    )
    longitude = forms.DecimalField(
        widget=forms.HiddenInput, min_value=-180, max_value=180, required=False, max_digits=22
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        more["initial"] = {"key": uuid.uuid4().hex} | (more.get("initial") or {})
        super().__init__(*args, **more)

    def clean_photo(self) -> bytes | None:
        file = self.cleaned_data.get("photo")
        return photos.checked(file) if file else None

    def clean_at(self) -> Any:
        """A clock that cannot be read is no reason to lose an event."""
        try:
            found = parse_datetime(self.cleaned_data.get("at") or "")
        except ValueError:
            return None
        return found if found and timezone.is_aware(found) else None

    def told(self) -> Told:
        given = self.cleaned_data
        point = (given.get("latitude"), given.get("longitude"))
        whole = point[0] is not None and point[1] is not None
        return Told(
            key=given["key"],
            at=given.get("at"),
            text=given.get("text", ""),
            place=given.get("place", ""),
            point=(_metre(point[0]), _metre(point[1])) if whole else None,  # type: ignore[arg-type]
            photo=given.get("photo"),
        )


def _metre(degrees: Decimal) -> Decimal:
    return degrees.quantize(PLACES, ROUND_HALF_UP)


def _photo(label: Any, *, required: bool = False) -> forms.FileField:
    widget = forms.FileInput(attrs={"accept": "image/*", "capture": "environment"})
    return forms.FileField(label=label, required=required, widget=widget)


def _words(label: Any, *, required: bool = False, rows: int = 2) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=300, required=required, widget=widget, validators=[refuse_secrets]
    )


class PickUp(StepForm):
    photo = _photo(_("Photo of the animal in its box"), required=True)
    text = _words(_("How is it?"), required=True)


class Depart(StepForm):
    pass


class News(StepForm):
    what = forms.ChoiceField(choices=[(one.value, one.label) for one in What if one in ON_THE_WAY])
    text = _words(_("In words"))
    place = forms.CharField(label=_("Where?"), max_length=80, required=False)
    photo = _photo(_("Photo"))

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        is_empty = not facts.get("text") and not facts.get("photo")
        if facts.get("what") == What.NOTE and is_empty and "photo" not in self.errors:
            self.add_error("text", _("Write a few words or take a photo."))
        return facts


class Trouble(StepForm):
    text = _words(_("What happened?"), required=True)
    place = forms.CharField(label=_("Where?"), max_length=80, required=False)
    photo = _photo(_("Photo"))


class Solved(StepForm):
    text = _words(_("In words"))


class Deliver(StepForm):
    code = forms.CharField(
        label=_("Hand-over code"),
        max_length=12,
        error_messages={"required": _("Ask for the six digits and type them.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "pattern": "[0-9 ]*"}),
    )


class Leave(StepForm):
    photo = _photo(_("Photo of the hand-over"), required=True)
    text = _words(_("Why without the code?"), required=True)


class BringBack(StepForm):
    photo = _photo(_("Photo of the hand-over"), required=True)
    text = _words(_("Why does it go back?"), required=True)
