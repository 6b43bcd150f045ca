"""May this business do this, for these animals, at this address, that day? Its permits say so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pets.species import Species as PetSpecies
from teams import queries
from teams.licence_kinds import Species
from teams.models import Business, Licence

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
    if offering.traits.permit and not any(covers(one, wanted) for one in permits_of(offering, day)):
        raise NoPermit


def _is_on(offering: Offering) -> bool:
    return offering.traits.module in queries.modules_of_business(offering.business)


def permits_of(offering: Offering, day: date) -> list[Licence]:
    """Permits for this work at this branch, valid that day, for the address where it stands today."""
    traits = offering.traits
    rows = Licence.objects.valid_on(day).filter(
        business=offering.business_id, location=offering.location_id, kind=traits.permit
    )
    if traits.activity:
        rows = rows.filter(activity=traits.activity)
    return [row for row in rows.select_related("location") if not row.is_for_another_address]


def covers(licence: Licence, species: set[str]) -> bool:
    """A permit that names no animals is for all of them."""
    return not licence.species or {str(GROUPS.get(one, one)) for one in species} <= set(licence.species)  # type: ignore[call-overload]
