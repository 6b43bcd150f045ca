"""May this business do this, for these animals, at this address, that day? Its permits say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pets.species import Species as PetSpecies
from teams import queries
from teams.licence_kinds import NEEDED, Species
from teams.models import Business, Licence
from teams.states import LicenceStatus

from .errors import Closed, NoPermit, WrongPets
from .models import Offering

# Permits name groups of animals where profiles name the animal.
GROUPS = {
    PetSpecies.HAMSTER: Species.RODENT,
    PetSpecies.TURTLE: Species.REPTILE,
    PetSpecies.FERRET: Species.OTHER,
}


def check(offering: Offering, species: Iterable[str], day: date) -> None:
    """Raises Closed, WrongPets, NoPermit."""
    wanted = set(species)
    listed = Business.objects.listed(day).filter(pk=offering.business_id)
    if not offering.is_open or not listed.exists() or not _is_on(offering):
        raise Closed
    if offering.species and not wanted <= set(offering.species):
        raise WrongPets
    check_permit(offering, wanted, day)


def check_permit(offering: Offering, species: Iterable[str], day: date) -> None:
    """Raises NoPermit."""
    wanted = set(species)
    if offering.traits.permit and not any(_covers(one, wanted) for one in permits_of(offering, day)):
        raise NoPermit


def _is_on(offering: Offering) -> bool:
    return offering.traits.module in queries.modules_of_business(offering.business)


def permits_of(offering: Offering, day: date) -> list[Licence]:
    """Permits for this work at this branch, valid that day, for the address where it stands today."""
    return read([offering]).of(offering, day)


@dataclass(frozen=True)
class Permits:
    """All permits in force of some businesses, by business."""

    rows: Mapping[int, Sequence[Licence]]

    def of(self, offering: Offering, day: date) -> list[Licence]:
        traits = offering.traits
        return [
            row
            for row in self._valid(offering, day)
            if row.kind == traits.permit
            and row.location_id == offering.location_id
            and (not traits.activity or row.activity == traits.activity)
            and not row.is_for_another_address
        ]

    def allow(self, offering: Offering, species: Iterable[str], day: date) -> bool:
        """Will its business be listed that day, and may it do this for these animals (none: for any)?"""
        held = {row.kind for row in self._valid(offering, day)}
        is_listed = held >= set(NEEDED[offering.business.kind])
        wanted = set(species)
        return is_listed and (
            not offering.traits.permit or any(_covers(one, wanted) for one in self.of(offering, day))
        )

    def _valid(self, offering: Offering, day: date) -> list[Licence]:
        return [one for one in self.rows.get(offering.business_id, ()) if one.is_valid_on(day)]


def read(offerings: Iterable[Offering]) -> Permits:
    """One query for all of them."""
    found: dict[int, list[Licence]] = defaultdict(list)
    in_force = Licence.objects.filter(status=LicenceStatus.IN_FORCE).select_related("location")
    for row in in_force.filter(business__in={one.business_id for one in offerings}):
        found[row.business_id].append(row)
    return Permits(found)


def _covers(licence: Licence, species: set[str]) -> bool:
    """A permit that names no animals is for all of them."""
    return not licence.species or {str(GROUPS.get(one, one)) for one in species} <= set(licence.species)  # type: ignore[call-overload]
