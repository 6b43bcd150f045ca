"""Forms of sellers and buyers about parcels. What was typed stays; the error stands at its field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import photos
from core.free_text import refuse_secrets

from . import carriers, delivery
from .leaks import refuse_ways_out
from .models import ShippingTerms
from .models.shipping import MOST_DAYS
from .parcel_errors import NumberIsWrong
from .states import SELLERS_REASONS, CancelReason

LONGEST = 2000


class Ship(forms.Form):
    carrier = forms.ChoiceField(label=_("Carrier of the parcel"), choices=carriers.CHOICES)
    tracking = forms.CharField(
        label=_("Tracking number"),
        max_length=60,
        required=False,
        help_text=_("You may scan it, too."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "carrier" in found and "tracking" in found:
            try:
                found["tracking"] = carriers.check(found["carrier"], found["tracking"])
            except NumberIsWrong as error:
                self.add_error("tracking", str(error.message))
        return found


class Cancel(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why can it not be sent?"),
        choices=[(reason.value, reason.label) for reason in SELLERS_REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason; the buyer reads it.")},
    )
    note = forms.CharField(
        label=_("A word to the buyer"),
        max_length=300,
        required=False,
        validators=[refuse_secrets, refuse_ways_out],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_reason(self) -> CancelReason:
        return CancelReason(self.cleaned_data["reason"])


class Terms(forms.ModelForm):
    carrier = forms.ChoiceField(
        label=_("Usual carrier"), choices=[("", _("None")), *carriers.CHOICES], required=False
    )

    class Meta:
        model = ShippingTerms
        fields = ("cut_off", "pickup", "days", "carrier")
        widgets = {
            "cut_off": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "pickup": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "days": forms.NumberInput(attrs={"min": 0, "max": MOST_DAYS}),
        }
        help_texts = {
            "cut_off": _("What is paid later counts for the next working day."),
            "pickup": _("By then a parcel has to be on its way."),
            "days": _("0: it leaves on the day it was paid. At most five."),
        }

    def clean_days(self) -> int:
        days: int = self.cleaned_data["days"]
        if days > MOST_DAYS:
            raise ValidationError(_("At most five working days."), code="too_many")
        if days > (promised := delivery.soonest(self.instance.business_id)):
            facts = {"number": promised}
            raise ValidationError(
                _("You promise buyers that it arrives within %(number)d days: it has to leave before."),
                code="leaves_too_late",
                params=facts,
            )
        return days

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        cut_off, pickup = found.get("cut_off"), found.get("pickup")
        if cut_off and pickup and pickup <= cut_off:
            self.add_error("pickup", _("The carrier has to come after the last order of the day."))
        return found


class Write(forms.Form):
    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST,
        validators=[refuse_secrets, refuse_ways_out],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write something first.")},
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG, PNG or WebP, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_photo(self) -> bytes | None:
        file = self.cleaned_data["photo"]
        return photos.checked_image(file) if file else None


class Report(forms.Form):
    words = forms.CharField(
        label=_("What is wrong?"),
        max_length=LONGEST,
        validators=[refuse_secrets],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("People of our support read the messages with this parcel then."),
        error_messages={"required": _("Write what we should know.")},
    )
