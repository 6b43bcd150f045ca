"""Forms of this room. What was typed stays; the error stands at its field."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms import AddressField

from .care import Measure, Vaccine, vaccines_of
from .models import LostPage, Measurement, Note, Pet, Scope, Vaccination
from .models.pet import Precision
from .species import BREEDS, Species

OLDEST = 1950
FIELD_ORDER_OF_DATE = re.compile(r"(?:(?:(\d{1,2})[./-])?(\d{1,2})[./-])?(\d{4})\Z")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")


class DayField(forms.DateField):
    """A day from the browser's calendar; `is_past` refuses days to come."""

    def __init__(self, *, is_past: bool = True, **more: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.is_past = is_past
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], **more)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and self.is_past and day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."), code="future")
        if day and day.year < OLDEST:
            raise ValidationError(_("This day is too long ago."), code="ancient")
        return day


class BirthdayField(forms.CharField):
    """`14.03.2023`, `03.2023` or `2023`: what is known, and so how exactly. Gives (day, precision)."""

    def __init__(self, **more: Any) -> None:
        hint = _("As exactly as you know: 14.03.2023, 03.2023 or only 2023.")
        super().__init__(label=_("Born"), required=False, max_length=10, help_text=hint, **more)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).strip()
        if not typed:
            return None, ""
        day, precision = _read_birthday(typed)
        if day > timezone.localdate() or day.year < OLDEST:
            raise ValidationError(_("This cannot be a birthday: look at the year."), code="range")
        return day, precision

    @staticmethod
    def shown(pet: Pet) -> str:
        formats = {Precision.DAY: "%d.%m.%Y", Precision.MONTH: "%m.%Y", Precision.YEAR: "%Y"}
        return pet.born_on.strftime(formats[Precision(pet.born_precision)]) if pet.born_on else ""


def _read_birthday(typed: str) -> tuple[date, Precision]:
    iso = ISO.match(typed)
    found = FIELD_ORDER_OF_DATE.match(f"{iso[3]}.{iso[2]}.{iso[1]}" if iso else typed)
    if found is None:
        raise ValidationError(_("Write it as 14.03.2023, 03.2023 or 2023."), code="format")
    day, month, year = found.groups()
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    try:
        return date(int(year), int(month or 1), int(day or 1)), precision
    except ValueError as error:
        raise ValidationError(_("There is no such day. Check day and month."), code="no_day") from error


class AddPet(forms.Form):
    """Short on purpose; the rest can come later."""

    name = forms.CharField(
        label=_("Name"), max_length=60, error_messages={"required": _("Write the name of your pet.")}
    )
    species = forms.ChoiceField(
        label=_("Animal"),
        choices=Species.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what animal it is.")},
    )


class ChipField(forms.CharField):
    """Spaces and dashes are what a slip prints between the digits."""

    def clean(self, value: Any) -> str:
        digits = re.sub(r"[\s-]", "", super().clean(value))
        if digits and not re.fullmatch(r"\d{15}", digits, re.ASCII):
            raise ValidationError(
                _("A chip number has 15 digits; here are %(count)d."),
                code="chip",
                params={"count": len(re.findall(r"\d", digits))},
            )
        return digits


class EditPet(forms.ModelForm):
    born = BirthdayField()
    chip = ChipField(
        label=_("Chip number"),
        required=False,
        max_length=40,
        help_text=_("15 digits, on the passport or the vet’s slip. Leave it empty while there is none."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    chipped_on = DayField(label=_("Chipped on"), required=False)
    neutered = forms.TypedChoiceField(
        label=_("Neutered"),
        required=False,
        choices=[("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))],
        coerce={"yes": True, "no": False}.get,
        empty_value=None,
    )

    class Meta:
        model = Pet
        fields = ("name", "breed", "sex", "neutered", "colour", "marks", "chip", "chipped_on", "passport")
        widgets = {
            "breed": forms.TextInput(attrs={"list": "breeds", "autocomplete": "off"}),
            "marks": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "marks": _("A scar, a white paw: what helps to know your pet again."),
        }

    field_order = ["name", "breed", "sex", "neutered", "born", "colour", "marks", "chip", "chipped_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pet = self.instance
        self.breeds = BREEDS[Species(pet.species)]
        self.initial["born"] = BirthdayField.shown(pet)
        self.initial["neutered"] = {True: "yes", False: "no"}.get(pet.neutered, "")

    def clean(self) -> Any:
        data = super().clean() or {}
        born = data.pop("born", None)
        if born is not None:
            data["born_on"], data["born_precision"] = born
            if born[0] and data.get("chipped_on") and data["chipped_on"] < born[0]:
                self.add_error("chipped_on", _("This is before your pet was born."))
        return data

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def _post_clean(self) -> None:
        """The instance stays as it is: the service writes."""


class Photo(forms.Form):
    """Only that there is a file; what it is decides `core.photos`."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG, PNG or WebP, up to 10 MB. Where it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": _("Choose a photo."), "empty": _("This file is empty.")},
    )


class AddVaccination(forms.ModelForm):
    given_on = DayField(label=_("Given on"))
    next_due = DayField(label=_("Next"), required=False, is_past=False, help_text=_("If the vet wrote one."))

    class Meta:
        model = Vaccination
        fields = ("vaccine", "product", "batch", "given_on", "next_due", "given_by")
        labels = {"given_by": _("Given by")}
        help_texts = {"given_by": _("Clinic or vet, as on the booklet.")}

    def __init__(self, *args: Any, species: str, is_business: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.value, Vaccine(one).label) for one in vaccines_of(species)]
        self.fields["vaccine"] = forms.ChoiceField(label=_("What was given"), choices=offered)
        if is_business:
            del self.fields["given_by"]

    def clean(self) -> Any:
        data = super().clean() or {}
        if data.get("next_due") and data.get("given_on") and data["next_due"] <= data["given_on"]:
            self.add_error("next_due", _("The next one comes after this one."))
        return data

    def _post_clean(self) -> None:
        """The service makes the row."""


RANGES = {
    Measure.WEIGHT: (0, 250),
    Measure.TEMPERATURE: (25, 45),
    Measure.PULSE: (10, 1200),
    Measure.BREATH: (1, 400),
}


class AddMeasurement(forms.ModelForm):
    value = forms.DecimalField(
        label=_("Value"),
        max_digits=7,
        decimal_places=3,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Weight in kg, temperature in °C."),
    )
    measured_on = DayField(label=_("Measured on"), initial=timezone.localdate)

    class Meta:
        model = Measurement
        fields = ("kind", "value", "measured_on")

    def clean(self) -> Any:
        data = super().clean() or {}
        value, kind = data.get("value"), data.get("kind")
        if value is not None and kind:
            lowest, highest = RANGES[Measure(kind)]
            if not lowest < value <= highest:
                self.add_error("value", _("Look at the number again: this cannot be."))
        return data

    def _post_clean(self) -> None:
        """The service makes the row."""


class AddNote(forms.ModelForm):
    class Meta:
        model = Note
        fields = ("text", "visibility")
        widgets = {"text": forms.Textarea(attrs={"rows": 4}), "visibility": forms.RadioSelect}

    def __init__(self, *args: Any, is_business: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].error_messages["required"] = _("Write your note.")
        if is_business:
            del self.fields["visibility"]

    def _post_clean(self) -> None:
        """The service makes the row."""


class InviteKeeper(forms.Form):
    email = AddressField(help_text=_("The link in the mail works for this address alone, for 7 days."))


DAYS = {"1": _("1 day"), "7": _("1 week"), "30": _("1 month"), "180": _("6 months"), "365": _("1 year")}


class ShareFile(forms.Form):
    scope = forms.ChoiceField(
        label=_("Permission"), choices=Scope.choices, widget=forms.RadioSelect, initial=Scope.READ
    )
    days = forms.ChoiceField(label=_("For how long"), choices=list(DAYS.items()), initial="7")

    def until(self, now: datetime) -> datetime:
        """To the end of the last day."""
        day = timezone.localdate(now) + timedelta(days=int(self.cleaned_data["days"]))
        return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


class SinceDay(forms.Form):
    """The day on which something sad happened."""

    on = DayField(label=_("Day"), initial=timezone.localdate)


class ShowLost(forms.ModelForm):
    class Meta:
        model = LostPage
        fields = ("message", "contact", "shows_photo", "shows_marks", "shows_chip")
        widgets = {"message": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "message": _("Where you saw your pet last, whether it is shy, what it answers to."),
            "contact": _("Everybody with the link reads this. A phone number or an e-mail, as you like."),
        }
        error_messages = {
            "message": {"required": _("Write a sentence for whoever finds your pet.")},
            "contact": {"required": _("Write how a finder can reach you.")},
        }

    def _post_clean(self) -> None:
        """The service makes the row."""
