"""What an owner says when she asks, and what a carrier says when it answers."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from booking.kinds import ResourceKind
from booking.models import Offering
from core import provinces
from core.free_text import refuse_secrets
from core.phones import PhoneField
from pets.models import Pet

from . import queries, rules
from .models import Box, TransferRequest, Way, Wish
from .services import Road, Terms

WINDOWS = [
    ("8-11", _("Morning, 08:00–11:00")),
    ("11-14", _("Midday, 11:00–14:00")),
    ("14-17", _("Afternoon, 14:00–17:00")),
    ("17-20", _("Evening, 17:00–20:00")),
    ("8-20", _("Any time, 08:00–20:00")),
]
HOLDS = [(2, _("2 hours")), (6, _("6 hours")), (24, _("24 hours")), (48, _("2 days"))]
SAME = ("province", "district", "address", "name", "phone")


class Day(forms.DateField):
    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()).replace(hour=hour, minute=minute))


class AskForm(forms.Form):
    """Who travels, from where to where, when, how, and what is good to know."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=lambda: uuid.uuid4().hex)
    pets = forms.MultipleChoiceField(
        label=_("Who travels?"), error_messages={"required": _("Choose who travels.")}
    )
    day = Day(label=_("Day of the pick-up"))
    window = forms.ChoiceField(label=_("Between"), choices=WINDOWS)
    way = forms.ChoiceField(
        label=_("How?"), choices=Way.choices, widget=forms.RadioSelect, initial=Way.SHARED
    )
    box = forms.ChoiceField(label=_("Size of the box"), choices=Box.choices)
    wishes = forms.MultipleChoiceField(
        label=_("Good to know"), choices=Wish.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(
        label=_("Medicine and habits"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_secrets],
    )

    def __init__(self, *args: Any, offering: Offering, user: Any, now: datetime, **more: Any) -> None:
        self.offering, self.now = offering, now
        self.animals = _animals(offering, user)
        more["initial"] = _initial(offering, user, self.animals, now) | (more.get("initial") or {})
        super().__init__(*args, **more)
        self._ask_ends()
        pets: Any = self.fields["pets"]
        pets.choices = [(str(one.public_id), one.name) for one in self.animals]
        today = timezone.localdate(now)
        last = today + rules.FARTHEST - timedelta(days=1)
        self.fields["day"].widget.attrs |= {"min": today.isoformat(), "max": last.isoformat()}

    def _ask_ends(self) -> None:
        labels = {"from": _("Who hands over"), "to": _("Who receives")}
        for end, name in labels.items():
            places = [("", _("Choose")), *provinces.CHOICES]
            self.fields[f"{end}_province"] = forms.ChoiceField(label=_("Province"), choices=places)
            self.fields[f"{end}_district"] = forms.CharField(label=_("District"), max_length=60)
            self.fields[f"{end}_address"] = forms.CharField(
                label=_("Address"), max_length=300, validators=[refuse_secrets]
            )
            self.fields[f"{end}_name"] = forms.CharField(label=name, max_length=80)
            self.fields[f"{end}_phone"] = PhoneField(label=_("Phone"))

    def clean_pets(self) -> list[Pet]:
        chosen = [one for one in self.animals if str(one.public_id) in self.cleaned_data["pets"]]
        if len(chosen) > self.offering.most_pets:
            raise forms.ValidationError(
                _now("This carrier takes at most %(number)d animals at once.")
                % {"number": self.offering.most_pets}
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("day") and facts.get("window"):
            begin, end = (int(hour) for hour in facts["window"].split("-"))
            facts["earliest"], facts["latest"] = _at(facts["day"], begin), _at(facts["day"], end)
            if facts["latest"] <= self.now:
                self.add_error("window", _("This time is over. Choose a later one."))
            if facts["latest"] > self.now + rules.FARTHEST:
                self.add_error("day", _("Choose a day within the next six months."))
        return facts

    def road(self) -> Road:
        given = self.cleaned_data
        names = [f"{end}_{name}" for end in ("from", "to") for name in SAME]
        names += ["earliest", "latest", "way", "box", "note"]
        return Road(**{name: given[name] for name in names}, wishes=tuple(given["wishes"]))

    @property
    def chosen(self) -> list[str]:
        value = self["pets"].value() or []
        return [str(one) for one in value]

    def end(self, end: str) -> list[Any]:
        return [self[f"{end}_{name}"] for name in SAME]

    @property
    def origin(self) -> list[Any]:
        return self.end("from")

    @property
    def destination(self) -> list[Any]:
        return self.end("to")


def _animals(offering: Offering, user: Any) -> list[Pet]:
    mine = Pet.objects.kept_by(user).living().order_by("name", "pk")
    return [pet for pet in mine if not offering.species or pet.species in offering.species]


def _initial(offering: Offering, user: Any, animals: list[Pet], now: datetime) -> dict[str, Any]:
    """As her last request of these days, so that asking a second carrier is one press; else who she is."""
    facts: dict[str, Any] = {
        "day": timezone.localdate(now) + timedelta(days=1),
        "from_name": user.get_full_name(),
        "from_phone": user.phone,
    }
    if len(animals) == 1:
        facts["pets"] = [str(animals[0].public_id)]
    last = TransferRequest.objects.filter(customer=user, asked_at__gte=now - timedelta(days=7)).first()
    if last and last.earliest > now:
        names = [f"{end}_{name}" for end in ("from", "to") for name in SAME]
        facts |= {name: getattr(last, name) for name in [*names, "way", "box", "wishes", "note"]}
        facts["day"] = timezone.localdate(last.earliest)
        begin, end = timezone.localtime(last.earliest).hour, timezone.localtime(last.latest).hour
        facts["window"] = f"{begin}-{end}"
        wanted = last.pets.values_list("pet__public_id", flat=True)
        facts["pets"] = [str(one) for one in wanted if one]
    return facts


class QuoteForm(forms.Form):
    """A price for a time, with a vehicle and a driver."""

    price = forms.DecimalField(
        label=_("Price in lira, VAT included"),
        min_value=Decimal(1),
        max_digits=8,
        decimal_places=2,
        localize=True,
    )
    day = Day(label=_("Day of the pick-up"))
    time = forms.TimeField(
        label=_("Time of the pick-up"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    hours = forms.IntegerField(label=_("Hours on the road"), min_value=0, max_value=24, initial=2)
    minutes = forms.IntegerField(label=_("and minutes"), min_value=0, max_value=59, initial=0, required=False)
    holds = forms.TypedChoiceField(
        label=_("The quote holds for"),
        choices=HOLDS,
        coerce=int,
        initial=24,
        help_text=_("At most until the pick-up. Once sent it cannot be changed, only replaced."),
    )
    note = forms.CharField(
        label=_("A word to the owner"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_secrets],
    )

    def __init__(self, *args: Any, request: TransferRequest, now: datetime, **more: Any) -> None:
        self.now = now
        local = timezone.localtime(max(request.earliest, now + timedelta(hours=1)))
        more["initial"] = {"day": local.date(), "time": local.replace(second=0, microsecond=0).time()}
        super().__init__(*args, **more)
        kinds = (
            ("vehicle", _("Vehicle"), ResourceKind.VEHICLE),
            ("driver", _("Driver"), ResourceKind.PERSON),
        )
        for name, label, kind in kinds:
            stands = queries.stands(request.offering, kind)
            self.fields[name] = forms.ModelChoiceField(
                stands, label=label, to_field_name="public_id", empty_label=None
            )
        self.order_fields(["price", "day", "time", "hours", "minutes", "vehicle", "driver", "holds", "note"])

    @property
    def lacks_stands(self) -> bool:
        return any(not self.fields[name].queryset for name in ("vehicle", "driver"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("day") and facts.get("time") is not None:
            facts["pickup_at"] = timezone.make_aware(datetime.combine(facts["day"], facts["time"]))
            if facts["pickup_at"] < self.now + rules.QUOTE_AT_LEAST:
                self.add_error("time", _("Choose a time at least half an hour from now."))
        length = (facts.get("hours") or 0) * 60 + (facts.get("minutes") or 0)
        if "hours" in facts and not 5 <= length <= rules.LONGEST_MINUTES:
            self.add_error("hours", _("Between five minutes and a day."))
        return facts

    def terms(self) -> Terms:
        given = self.cleaned_data
        return Terms(
            price=given["price"],
            pickup_at=given["pickup_at"],
            minutes=given["hours"] * 60 + (given["minutes"] or 0),
            vehicle=given["vehicle"],
            driver=given["driver"],
            valid_until=min(self.now + timedelta(hours=given["holds"]), given["pickup_at"]),
            note=given["note"],
        )


class LinkForm(forms.Form):
    """Where the link of a driver without an account goes."""

    phone = PhoneField(label=_("Mobile phone of the driver"), required=False)
    email = forms.EmailField(label=_("or e-mail"), required=False)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not self.errors and not facts.get("phone") and not facts.get("email"):
            self.add_error("phone", _("Write a phone number or an e-mail address."))
        return facts


class DisputeForm(forms.Form):
    text = forms.CharField(
        label=_("What happened?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_secrets],
    )
