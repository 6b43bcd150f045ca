"""The roles with which each kind of business begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import rights
from .kinds import Kind


@dataclass(frozen=True)
class Template:
    key: str
    label: Any
    text: Any
    kinds: frozenset[str] = frozenset(Kind.values)


_CLINIC = frozenset({Kind.CLINIC.value, Kind.SHELTER.value})

ALL = [
    Template(rights.OWNER, _("Owner"), _("Everything, also bank account and ownership.")),
    Template(rights.MANAGER, _("Manager"), _("Daily work, team and profile. No bank account.")),
    Template(rights.VET, _("Vet"), _("Own calendar, patient files, consultations."), _CLINIC),
    Template(rights.TECHNICIAN, _("Technician"), _("Calendar and patient files, without prices."), _CLINIC),
    Template(
        rights.RECEPTION,
        _("Reception"),
        _("Whole calendar, arrivals, taking payments. No finance report, no team."),
    ),
    Template(rights.ACCOUNTANT, _("Accounting"), _("Documents, pricing, payouts. No patient notes.")),
    Template(
        rights.STAFF,
        _("Employee"),
        _("Own calendar and the pets booked there."),
        frozenset(Kind.values) - _CLINIC,
    ),
    Template(rights.DRIVER, _("Driver"), _("Own journeys on the phone."), frozenset({Kind.CARRIER.value})),
]
BY_KEY = {template.key: template for template in ALL}


def of_kind(kind: str) -> list[Template]:
    return [template for template in ALL if kind in template.kinds]


def label_of(word: str) -> Any:
    """The label for `Role.word`: a template's in the reader's language, or the name of an own role."""
    return BY_KEY[word].label if word in BY_KEY else word
