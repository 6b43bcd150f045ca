"""The kinds of offerings: which module each belongs to, what it rests on and what it starts with."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from teams import modules
from teams.kinds import Kind as BusinessKind
from teams.licence_kinds import Activity, LicenceKind


class Kind(TextChoices):
    VISIT = "visit", _("Visit")
    GROOMING = "grooming", _("Grooming")
    TRAINING = "training", _("Training")
    CONSULTATION = "consultation", _("Online consultation")
    STAY = "stay", _("Stay")
    TRANSFER = "transfer", _("Transfer")


class ResourceKind(TextChoices):
    PERSON = "person", _("Person")
    ROOM = "room", _("Room")
    TABLE = "table", _("Table")
    KENNEL = "kennel", _("Kennel")
    VEHICLE = "vehicle", _("Vehicle")
    VIRTUAL = "virtual", _("Video room")


@dataclass(frozen=True)
class Traits:
    """`by_night`: counted in nights, from the hour of arrival to the hour of leaving. `permit`: without
    it, valid that day at that address for that animal, nothing of this kind can be booked. `by_quote`: price,
    time and stands are agreed one by one, so there are no times to choose from. `in_courses`: it may be sold
    as several times in a row."""

    module: str
    business_kinds: frozenset[str]
    minutes: int
    by_night: bool = False
    permit: str = ""
    activity: str = ""
    is_online: bool = False
    by_quote: bool = False
    in_courses: bool = False


_B = BusinessKind
TRAITS = {
    Kind.VISIT: Traits(
        modules.APPOINTMENT, frozenset({_B.CLINIC}), 30, permit=LicenceKind.PRACTICE, in_courses=True
    ),
    Kind.GROOMING: Traits(
        modules.APPOINTMENT, frozenset({_B.GROOMER, _B.CLINIC, _B.SHOP}), 90, in_courses=True
    ),
    Kind.TRAINING: Traits(
        modules.APPOINTMENT,
        frozenset({_B.TRAINER}),
        60,
        permit=LicenceKind.WORK_PERMIT,
        activity=Activity.TRAINING,
        in_courses=True,
    ),
    Kind.CONSULTATION: Traits(modules.CONSULTATION, frozenset({_B.CLINIC, _B.TRAINER}), 20, is_online=True),
    Kind.STAY: Traits(
        modules.APPOINTMENT,
        frozenset({_B.HOTEL}),
        24 * 60,
        by_night=True,
        permit=LicenceKind.WORK_PERMIT,
        activity=Activity.BOARDING,
    ),
    Kind.TRANSFER: Traits(
        modules.TRANSFER,
        frozenset({_B.CARRIER, _B.HOTEL}),
        120,
        permit=LicenceKind.VEHICLE,
        by_quote=True,
    ),
}

MODULES = frozenset(traits.module for traits in TRAITS.values())


def offered_by(business_kind: str) -> list[Kind]:
    return [kind for kind, traits in TRAITS.items() if business_kind in traits.business_kinds]
