"""A week of opening hours, and days that differ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from .. import hours
from ..models.hours import DAY, DAYS, clock, minutes

STRETCHES = (1, 2)


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


def _span(first: Any, last: Any) -> tuple[int, int]:
    """A closing time that is not after the opening one means the next day: 22:00–02:00, 00:00–00:00."""
    start, end = minutes(first), minutes(last)
    return start, end if end > start else end + DAY


class Week(forms.Form):
    """Two stretches a day; an empty day has none. `kept`: rows with `weekday`, `starts` and `ends`."""

    def __init__(self, *args: Any, kept: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.week: dict[int, list[tuple[int, int]]] = {}
        for day, _label in DAYS:
            for number in STRETCHES:
                self.fields[f"d{day}_{number}_from"] = _time(_("opens"))
                self.fields[f"d{day}_{number}_to"] = _time(_("closes"))
        self.initial = {**self._of(kept), **self.initial}

    def _of(self, kept: Iterable[Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        seen: dict[int, int] = {}
        for row in kept:
            number = seen[row.weekday] = seen.get(row.weekday, 0) + 1
            name = f"d{row.weekday}_{number}"
            values |= {f"{name}_from": clock(row.starts), f"{name}_to": clock(row.ends)}
        return values

    def rows(self) -> list[tuple[Any, list[tuple[BoundField, BoundField]], list[BoundField]]]:
        """For the template: each day with its pairs of fields and those of them that are wrong."""
        found = []
        for day, label in DAYS:
            pairs = [(self[f"d{day}_{number}_from"], self[f"d{day}_{number}_to"]) for number in STRETCHES]
            wrong = [field for pair in pairs for field in pair if field.errors]
            found.append((label, pairs, wrong))
        return found

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for day, _label in DAYS:
            self.week[day] = [span for number in STRETCHES if (span := self._stretch(values, day, number))]
            if hours.overlaps(self.week[day]):
                self.add_error(f"d{day}_2_from", _("These hours overlap."))
        return values

    def _stretch(self, values: dict[str, Any], day: int, number: int) -> tuple[int, int] | None:
        first, last = values.get(f"d{day}_{number}_from"), values.get(f"d{day}_{number}_to")
        if (first is None) != (last is None):
            missing = "from" if first is None else "to"
            self.add_error(f"d{day}_{number}_{missing}", _("Write both, when you open and when you close."))
        return None if first is None or last is None else _span(first, last)


class WeekForm(Week):
    """Of a branch: an empty day is closed."""

    keeps_holidays = forms.BooleanField(
        label=_("Closed on public holidays, half days from 13:00"), required=False
    )

    def __init__(self, *args: Any, location: Any, **kwargs: Any) -> None:
        super().__init__(*args, kept=location.weekly_hours.all(), **kwargs)
        self.location = location
        self.initial.setdefault("keeps_holidays", location.business.keeps_holidays)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not any(self.week.values()) and not self.errors:
            self.add_error("d0_1_from", _("Write at least one day’s hours."))
        return values


class SpecialDayForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    opens = _time(_("Opens"))
    closes = _time(_("Closes"))
    note = forms.CharField(label=_("Reason"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if (values.get("opens") is None) != (values.get("closes") is None):
            self.add_error("closes", _("Write both, when you open and when you close."))
        return values

    def span(self) -> tuple[int, int] | None:
        first, last = self.cleaned_data["opens"], self.cleaned_data["closes"]
        return None if first is None else _span(first, last)
