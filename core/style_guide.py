"""/bilesenler/: every part of the face in its states, with sample data. Only in development."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView


class SampleForm(forms.Form):
    phone = forms.CharField(label=_("Phone"), help_text=_("Starts with 05"), initial="0 (532) 118 04 62")
    tax_number = forms.CharField(label=_("Tax number"))
    read = forms.BooleanField(label=_("I have read the form"), required=False, initial=True)

    def clean_tax_number(self) -> str:
        raise forms.ValidationError(_("1 digit is missing: a tax number has 10."))


class StyleGuide(TemplateView):
    template_name = "styleguide/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        colours = [
            "canvas",
            "surface",
            "ink",
            "action",
            "brand",
            "warn",
            "danger",
            "info",
            "ok",
            "m-fund",
            "m-consult",
            "m-store",
        ]
        form = SampleForm({"phone": "0 (532) 118 04 62", "tax_number": "123456789", "read": "on"})
        stamps = [
            ("cat", "rose"),
            ("dog", "sky"),
            ("bird", "apricot"),
            ("rabbit", "quince"),
            ("turtle", "almond"),
            ("fish", "mint"),
        ]
        page = Paginator(range(90), 10).get_page(2)
        return super().get_context_data(colours=colours, form=form, stamps=stamps, page_obj=page, **kwargs)
