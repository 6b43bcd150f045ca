"""A list of choices in one column, edited with check boxes; two columns of days as one period."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db.models import Func


class ChoicesField(ArrayField):
    """An array whose items come from the choices of its base field."""

    def formfield(self, **kwargs: Any) -> Any:
        options: dict[str, Any] = {
            "form_class": forms.MultipleChoiceField,
            "choices": self.base_field.choices,
            "widget": forms.CheckboxSelectMultiple,
        }
        return super(ArrayField, self).formfield(**options, **kwargs)


class DateRange(Func):
    """From the first day up to the day after the last, for constraints that forbid overlaps."""

    function = "daterange"
    output_field = DateRangeField()
