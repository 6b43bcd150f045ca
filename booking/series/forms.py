"""An offering as a course."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import money

from ..models import Offering
from . import rules
from .models import Course


class CourseForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Course
        fields = ("sessions", "every_weeks", "price")

    sessions = forms.IntegerField(
        label=_("How many sessions"), min_value=rules.FEWEST, max_value=rules.MOST, initial=rules.FEWEST
    )
    every_weeks = forms.IntegerField(
        label=_("Weeks from one session to the next"), min_value=1, max_value=rules.MOST_WEEKS, initial=1
    )
    price = forms.DecimalField(
        label=_("Price of the whole course (₺)"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=_("For one animal, with VAT. At most what single times would cost."),
    )

    def __init__(self, *args: Any, offering: Offering, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offering = offering

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        sessions, price = given.get("sessions"), given.get("price")
        if sessions is None or price is None:
            return given
        most = self.offering.price * sessions
        if price > most:
            words = _("So many single times cost %(most)s; a course costs at most that.")
            self.add_error("price", words % {"most": money.display(most)})
        elif 0 < price < sessions:
            self.add_error("price", _("At least a lira a session, or nothing."))
        return given
