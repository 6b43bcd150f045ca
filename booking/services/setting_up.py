"""The first services of a business in one step: what they rest on, then what is offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from teams.models import Business, Location

from ..defaults import Service, Stand
from ..kinds import TRAITS, Kind, ResourceKind
from ..models import Resource
from . import offerings, resources
from .offerings import Wanted

CARRIES = {Kind.TRANSFER: ResourceKind.VEHICLE, Kind.STAY: ResourceKind.KENNEL}


@transaction.atomic
def set_up(
    *,
    business: Business,
    location: Location,
    stands: Sequence[tuple[Stand, int]],
    services: Sequence[tuple[Service, Decimal]],
    opens: bool,
    by: Any,
) -> None:
    """`stands` with how many there are, `services` with their prices. Raises WrongFacts, NameTaken."""
    made = [_stand(business, location, stand, number, by) for stand, number in stands]
    for service, price in services:
        needs = _needs(service, made)
        facts = _facts(service, location, price)
        row = offerings.save_offering(business=business, offering=None, facts=facts, needs=needs, by=by)
        if opens and needs:
            offerings.open_offering(offering=row, by=by)


def _stand(business: Business, location: Location, stand: Stand, number: int, by: Any) -> Resource:
    facts: Mapping[str, Any] = {
        "location": location,
        "kind": stand.kind,
        "name": str(stand.name)[:60],
        "membership": stand.membership,
        "capacity": number,
    }
    return resources.save_resource(business=business, resource=None, facts=facts, by=by)


def _needs(service: Service, made: Sequence[Resource]) -> list[Wanted]:
    """One of whatever fits; who drives a vehicle is a need of its own."""
    found = [_fitting(service, made)]
    if TRAITS[Kind(service.kind)].by_quote:
        found.append([one for one in made if one.kind == ResourceKind.PERSON])
    return [Wanted(fitting) for fitting in found if fitting]


def _fitting(service: Service, made: Sequence[Resource]) -> list[Resource]:
    """A journey needs a vehicle, a stay a kennel, the rest whoever is there."""
    wanted = CARRIES.get(Kind(service.kind))
    carriers = set(CARRIES.values())
    return [one for one in made if (one.kind == wanted if wanted else one.kind not in carriers)]


def _facts(service: Service, location: Location, price: Decimal) -> dict[str, Any]:
    step = 24 * 60 if TRAITS[Kind(service.kind)].by_night else 30
    facts: dict[str, Any] = {"location": location, "kind": service.kind, "name": str(service.name)[:80]}
    return facts | {"minutes": service.minutes, "step": step, "price": price} | service.more
