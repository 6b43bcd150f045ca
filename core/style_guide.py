"""/bilesenler/: every part of the face in its states, with sample data. Only in development."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

COLOURS = [
    *("canvas", "surface", "ink", "action", "brand", "ok", "warn", "danger", "info"),
    *("m-visit", "m-consult", "m-transfer", "m-fund", "m-store"),
]
STAMPS = {
    "cat": "rose",
    "dog": "sky",
    "bird": "apricot",
    "rabbit": "quince",
    "turtle": "almond",
    "fish": "mint",
}


class SampleForm(forms.Form):
    phone = forms.CharField(label=_("Phone"), help_text=_("Starts with 05"), initial="0 (532) 118 04 62")
    tax_number = forms.CharField(label=_("Tax number"))
    read = forms.BooleanField(label=_("I have read the form"), required=False, initial=True)

    def clean_tax_number(self) -> str:
        raise forms.ValidationError(_("1 digit is missing: a tax number has 10."))


class StyleGuide(TemplateView):
    template_name = "styleguide/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SampleForm({"phone": "0 (532) 118 04 62", "tax_number": "123456789", "read": "on"})
        page = Paginator(range(90), 10).get_page(2)
        return super().get_context_data(
            colours=COLOURS, form=form, stamps=STAMPS.items(), page_obj=page, **kwargs
        )
