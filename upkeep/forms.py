"""What staff write about a window."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from . import facts
from .facts import Facts
from .models import Component, MaintenanceWindow
from .states import Effect, Kind


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WindowForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Kind.choices,
        initial=Kind.PLANNED,
        widget=forms.RadioSelect,
        help_text=_("Planned is what was announced 48 hours ahead. Everything else is told as unplanned."),
    )
    components = forms.ModelMultipleChoiceField(
        Component.objects.all(), label=_("Parts"), widget=forms.CheckboxSelectMultiple
    )
    effect = forms.ChoiceField(
        label=_("Meanwhile"), choices=Effect.choices, initial=Effect.READ_ONLY, widget=forms.RadioSelect
    )
    starts_at = forms.DateTimeField(
        label=_("Begins"),
        widget=AdminDateTimeInput,
        help_text=_("Time of Türkiye, such as 2026-12-05 03:00."),
    )
    ends_at = forms.DateTimeField(
        label=_("Ends"),
        widget=AdminDateTimeInput,
        required=False,
        help_text=_("Unplanned work may leave it empty: then it lasts until somebody ends it."),
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("What we do"), max_length=1000, widget=_area(3))
    advice = forms.CharField(
        label=_("What is good to finish before"), max_length=500, required=False, widget=_area(2)
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
    text_en = forms.CharField(
        label=_("What we do, in English"), max_length=1000, required=False, widget=_area(3)
    )
    advice_en = forms.CharField(
        label=_("What is good to finish before, in English"), max_length=500, required=False, widget=_area(2)
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begin, end = data.get("starts_at"), data.get("ends_at")
        if begin and end and end <= begin:
            self.add_error("ends_at", _("It has to end after it begins."))
        if data.get("kind") == Kind.PLANNED and not end and "ends_at" not in self.errors:
            self.add_error("ends_at", _("Planned maintenance says when it ends."))
        return data

    @property
    def facts(self) -> Facts:
        values = {name: self.cleaned_data[name] for name in facts.FIELDS}
        return Facts(**values, components=list(self.cleaned_data["components"]))


def initial(window: MaintenanceWindow) -> dict[str, Any]:
    values = {name: getattr(window, name) for name in facts.FIELDS}
    return {**values, "components": window.parts, "version": window.version}


class Reason(forms.Form):
    reason = forms.CharField(label=_("Why, as everybody reads it"), max_length=500, widget=_area(2))
    reason_en = forms.CharField(label=_("Why, in English"), max_length=500, required=False, widget=_area(2))


class NewEnd(forms.Form):
    ends_at = forms.DateTimeField(
        label=_("New end"),
        widget=AdminDateTimeInput,
        required=False,
        help_text=_("Empty: nobody knows it yet, and somebody ends it."),
    )


class Progress(forms.Form):
    text = forms.CharField(label=_("How it goes"), max_length=1000, widget=_area(3))
    text_en = forms.CharField(
        label=_("How it goes, in English"), max_length=1000, required=False, widget=_area(3)
    )


class Nothing(forms.Form):
    """Where there is only a button."""
