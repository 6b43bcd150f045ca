"""How a seller delivers, as its form asks for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import provinces

from . import deadlines
from .models import DeliveryOption
from .models.delivery import LONGEST


class DeliveryForm(forms.ModelForm):
    provinces = forms.MultipleChoiceField(
        label=_("Provinces"),
        choices=provinces.CHOICES,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("None chosen: to all of Turkey."),
    )

    class Meta:
        model = DeliveryOption
        fields = ["name", "price", "free_above", "days_from", "days_to", "provinces", "is_open"]
        localized_fields = ["price", "free_above"]
        labels = {
            "price": _("Price in lira, VAT included"),
            "free_above": _("Free from this value of goods (if at all)"),
            "days_from": _("Arrives after this many business days, at the earliest"),
            "days_to": _("At the latest"),
            "is_open": _("Offer this way"),
        }

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        known = DeliveryOption.objects.filter(business=self.instance.business_id, name=name)
        if known.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a way of delivery with this name already."))
        return name

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        first, last = facts.get("days_from"), facts.get("days_to")
        if last is not None and not 1 <= last <= LONGEST:
            self.add_error("days_to", _("Between 1 and %(most)d business days.") % {"most": LONGEST})
        elif first is not None and last is not None and first > last:
            self.add_error("days_to", _("It cannot arrive before it arrives at the earliest."))
        elif last is not None and last < deadlines.terms_of(self.instance.business).days:
            self.add_error("days_to", _("It would arrive before it leaves: look at your terms of shipping."))
        if facts.get("price") is not None and facts["price"] < 0:
            self.add_error("price", _("A price is zero or more."))
        if facts.get("free_above") is not None and facts["free_above"] <= 0:
            self.add_error("free_above", _("Leave it empty where delivery is never free."))
        return facts
