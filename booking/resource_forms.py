"""People, rooms and the like, their hours, and when they are away."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.forms.hours import Week

from .models import Absence, Resource

LONGEST = 366  # days of one absence


class Colleague(forms.ModelChoiceField):
    def label_from_instance(self, row: Any) -> str:
        return str(row.user.get_full_name())


class ResourceForm(forms.ModelForm):
    class Meta:
        model = Resource
        fields = ["kind", "name", "location", "membership", "capacity", "is_active"]
        labels = {"is_active": _("In use")}

    def __init__(self, *args: Any, places: Any, members: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["location"] = forms.ModelChoiceField(places, label=_("Branch"), empty_label=None)
        self.fields["membership"] = Colleague(
            members, label=_("Person"), required=False, help_text=_("If it is somebody of your team.")
        )
        self.fields["capacity"] = forms.IntegerField(
            label=_("How many bookings at once"),
            min_value=1,
            max_value=200,
            help_text=_("1 for a person; the number of kennels, or of places in a class."),
        )
        if not self.instance.pk or self.instance.is_active:
            del self.fields["is_active"]  # it is retired by a press of its own


class ShiftsForm(Week):
    """Of a resource, within the hours of its branch; all empty: all of them."""


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


class AbsenceForm(forms.Form):
    """Whole days, or some hours. The resource is chosen where the page is not one of its own."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(Absence.Kind.BLOCK, _("Blocked")), (Absence.Kind.LEAVE, _("Away"))],
        widget=forms.RadioSelect,
        initial=Absence.Kind.BLOCK,
    )
    first = _day(_("First day"))
    last = _day(_("Last day"))
    starts = _time(_("From"))
    ends = _time(_("Until"))
    note = forms.CharField(label=_("Note"), max_length=120, required=False)

    field_order = ("resource",)

    def __init__(self, *args: Any, resources: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["resource"] = forms.ModelChoiceField(
            resources, label=_("Who or what"), to_field_name="public_id", empty_label=None
        )
        self.order_fields(self.field_order)
        self.fields["starts"].help_text = _("Leave both empty for whole days.")

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        first, last = facts.get("first"), facts.get("last")
        starts, ends = facts.get("starts"), facts.get("ends")
        if (starts is None) != (ends is None):
            self.add_error("ends", _("Write both, or leave both empty."))
        elif first and last and not self.errors:
            self._check(_moment(first, starts), _end(last, ends))
        return facts

    def _check(self, starts_at: datetime, ends_at: datetime) -> None:
        if ends_at <= starts_at:
            self.add_error("last" if self.cleaned_data["starts"] is None else "ends", _("It ends too early."))
        elif ends_at - starts_at > timedelta(days=LONGEST):
            self.add_error("last", _("At most a year at a time."))

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "resource": given["resource"],
            "kind": given["kind"],
            "starts_at": _moment(given["first"], given["starts"]),
            "ends_at": _end(given["last"], given["ends"]),
            "note": given["note"],
        }


def _moment(day: date, clock: time | None) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock or time()))


def _end(day: date, clock: time | None) -> datetime:
    """Without an hour the whole of the day belongs to it."""
    return _moment(day, clock) if clock else _moment(day + timedelta(days=1), None)


class FeedForm(forms.Form):
    url = forms.CharField(
        label=_("Address of the calendar (ICS)"),
        max_length=500,
        help_text=_("In Google Calendar: Settings > your calendar > Secret address in iCal format."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, resource: Resource, **more: Any) -> None:
        super().__init__(*args, **more)
        self.resource = resource

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).replace("webcal://", "https://", 1)
        try:
            URLValidator(schemes=["https"])(url)
        except ValidationError as error:
            raise ValidationError(_("Write the whole address; it begins with https://.")) from error
        if self.resource.feeds.filter(url=url).exists():
            raise ValidationError(_("This calendar is read already."))
        return url
