"""With what each kind of business begins: what it may offer and on what that rests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from teams import queries, rights
from teams.kinds import Kind as BusinessKind
from teams.models import Business, Membership

from .kinds import TRAITS, Kind, ResourceKind


@dataclass(frozen=True)
class Service:
    kind: str
    name: Any
    minutes: int
    price: Decimal = Decimal(0)
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Stand:
    """On what the services rest. `is_many`: how many there are is asked for."""

    kind: str
    name: Any
    membership: Membership | None = None
    is_many: bool = False


_B, _K = BusinessKind, Kind
_DAY = 24 * 60
SERVICES: dict[str, list[Service]] = {
    _B.CLINIC: [
        Service(_K.VISIT, _("Examination"), 30, more={"step": 30}),
        Service(_K.VISIT, _("Vaccination"), 15, more={"step": 15}),
        Service(_K.VISIT, _("Control"), 15, more={"step": 15}),
        Service(_K.CONSULTATION, _("Online consultation"), 20, more={"step": 20}),
    ],
    _B.GROOMER: [
        Service(_K.GROOMING, _("Bath and brushing"), 60, more={"step": 30, "buffer_after": 10}),
        Service(_K.GROOMING, _("Full grooming"), 120, more={"step": 30, "buffer_after": 10}),
        Service(_K.GROOMING, _("Nail cutting"), 15, more={"step": 15}),
    ],
    _B.HOTEL: [
        Service(_K.STAY, _("Stay"), _DAY, more={"step": 60, "notice_minutes": 12 * 60, "most_pets": 2}),
    ],
    _B.TRAINER: [
        Service(_K.TRAINING, _("Private lesson"), 60, more={"step": 60}),
        Service(_K.CONSULTATION, _("Online consultation"), 30, more={"step": 30}),
    ],
    _B.CARRIER: [
        Service(_K.TRANSFER, _("Transfer within the city"), 120, more={"step": 30, "most_pets": 4}),
    ],
    _B.SHOP: [Service(_K.GROOMING, _("Bath and brushing"), 60, more={"step": 30, "buffer_after": 10})],
}
STANDS: dict[str, list[Stand]] = {
    _B.GROOMER: [Stand(ResourceKind.TABLE, _("Grooming table"), is_many=True)],
    _B.HOTEL: [Stand(ResourceKind.KENNEL, _("Kennels"), is_many=True)],
    _B.CARRIER: [Stand(ResourceKind.VEHICLE, _("Vehicle"), is_many=True)],
    _B.SHOP: [Stand(ResourceKind.TABLE, _("Grooming table"), is_many=True)],
}
WITH_PEOPLE = {
    _B.CLINIC: {rights.VET, rights.OWNER},
    _B.TRAINER: {rights.OWNER, rights.STAFF},
    _B.CARRIER: {rights.OWNER, rights.STAFF},
}


def services_of(business: Business) -> list[Service]:
    """Those whose module is on."""
    on = queries.modules_of_business(business)
    return [one for one in SERVICES.get(business.kind, ()) if TRAITS[Kind(one.kind)].module in on]


def stands_of(business: Business) -> list[Stand]:
    """Things, and the people who work with animals: those on the public page first asked, else by role."""
    return [*_people(business), *STANDS.get(business.kind, ())]


def _people(business: Business) -> Iterable[Stand]:
    roles = WITH_PEOPLE.get(BusinessKind(business.kind), set())
    members = [one for one in queries.members_of(business) if one.role.template in roles]
    shown = [one for one in members if one.is_public] or members
    return [Stand(ResourceKind.PERSON, one.user.get_full_name(), one) for one in shown]
