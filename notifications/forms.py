"""The matrix of wishes and the hours, in one form that needs no script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import queries
from .models import Habits
from .queries import Cell


class Wishes(forms.ModelForm):
    """Locked and unused cells have no field, so nothing can be posted into them."""

    digest_hour = forms.TypedChoiceField(
        label=_("Hour of the digest"),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        help_text=_("A day with nothing to tell brings no mail."),
    )

    class Meta:
        model = Habits
        fields = ["is_quiet", "quiet_from", "quiet_until", "digest_hour"]
        labels = {
            "is_quiet": _("Keep quiet hours: mails that can wait, wait"),
            "quiet_from": _("Begin"),
            "quiet_until": _("End"),
        }
        widgets = {
            name: forms.TimeInput(format="%H:%M", attrs={"type": "time"})
            for name in ("quiet_from", "quiet_until")
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, instance=queries.habits_of(user), **kwargs)
        self.matrix = queries.matrix(user)
        for cell in self._cells():
            self.fields[cell.name] = forms.ChoiceField(
                label=f"{cell.category.label}, {cell.channel.label}",
                choices=[(mode.value, mode.label) for mode in cell.choices],
                initial=cell.mode,
            )

    def _cells(self) -> list[Cell]:
        return [cell for row in self.matrix for cell in row if cell.is_used and not cell.is_locked]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """For the template: each category with its cells and, where they can be changed, their fields."""
        return [
            {
                "category": row[0].category.label,
                "cells": [
                    {"cell": cell, "field": self[cell.name] if cell.name in self.fields else None}
                    for cell in row
                ],
            }
            for row in self.matrix
        ]

    @property
    def modes(self) -> dict[tuple[str, str], str]:
        return {
            (cell.category.value, cell.channel.value): self.cleaned_data[cell.name] for cell in self._cells()
        }

    @property
    def hours(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
