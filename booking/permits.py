"""May this business do this, for these animals, at this address, that day? Its permits say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pets.species import Species as PetSpecies
from teams import queries
from teams.licence_kinds import NEEDED, Species
from teams.models import Business, Licence

from .errors import (
    Closed,
    NoPermit,
    PermitElsewhere,
    PermitEnds,
    PermitForOtherAnimals,
    PermitForOtherWork,
    WrongPets,
)
from .models import Offering
from .slots import Slot

# Permits name groups of animals where profiles name the animal.
GROUPS = {
    PetSpecies.HAMSTER: Species.RODENT,
    PetSpecies.TURTLE: Species.REPTILE,
    PetSpecies.FERRET: Species.OTHER,
}


def check(offering: Offering, species: Iterable[str], day: date, *, nights: int = 1) -> None:
    """Raises Closed, WrongPets, NoPermit."""
    wanted = set(species)
    if not offering.is_open or not _is_on(offering):
        raise Closed
    if offering.species and not wanted <= set(offering.species):
        raise WrongPets
    check_permit(offering, wanted, day, nights=nights)
    listed = Business.objects.listed(day, kinds=[offering.business.kind])
    if not listed.filter(pk=offering.business_id).exists():
        raise Closed


def check_permit(offering: Offering, species: Iterable[str], day: date, *, nights: int = 1) -> None:
    """On that day, or in each of so many nights. Raises the NoPermit that says what is wrong."""
    if not offering.traits.permit:
        return
    rows, wanted = _for_this_work(offering), set(species)
    _check_nights(rows, wanted, day, nights if offering.traits.by_night else 1)


def check_days(offering: Offering, species: Iterable[str], days: Iterable[date]) -> None:
    """On each of these days. One query. Raises the NoPermit that says what is wrong."""
    if not offering.traits.permit:
        return
    rows, wanted = _for_this_work(offering), set(species)
    for day in days:
        _check_day(rows, wanted, day)


def faults(offering: Offering, species: Iterable[str], day: date, *, nights: int) -> dict[str, NoPermit]:
    """What is wrong for each kind of animal by itself. One query."""
    found: dict[str, NoPermit] = {}
    if not offering.traits.permit:
        return found
    try:
        rows = _for_this_work(offering)
    except NoPermit as error:
        return dict.fromkeys(species, error)
    for one in set(species):
        try:
            _check_nights(rows, {one}, day, nights if offering.traits.by_night else 1)
        except NoPermit as error:
            found[one] = error
    return found


def nights_covered(offering: Offering, species: Iterable[str], day: date, most: int) -> int:
    """How many nights from that day on, one after the other. One query."""
    if not offering.traits.permit:
        return most
    wanted = set(species)
    try:
        _check_nights(_for_this_work(offering), wanted, day, most)
    except PermitEnds as error:
        return (error.day - day).days
    except NoPermit:
        return 0
    return most


def _is_on(offering: Offering) -> bool:
    return offering.traits.module in queries.modules_of_business(offering.business)


def _for_this_work(offering: Offering) -> list[Licence]:
    """Permits that were found right, for this work at this branch, for the address where it stands today."""
    rows = Licence.objects.verified().filter(business=offering.business_id, kind=offering.traits.permit)
    return _fitting(rows.select_related("location"), offering)


def _fitting(rows: Iterable[Licence], offering: Offering) -> list[Licence]:
    traits = offering.traits
    here = [
        row
        for row in rows
        if row.kind == traits.permit
        and row.location_id == offering.location_id
        and not row.is_for_another_address
    ]
    if not here:
        raise PermitElsewhere
    fitting = [row for row in here if not traits.activity or row.activity == traits.activity]
    if not fitting:
        raise PermitForOtherWork
    return fitting


def _check_nights(rows: Sequence[Licence], wanted: set[str], first: date, nights: int) -> None:
    for number in range(nights):
        _check_day(rows, wanted, first + timedelta(days=number))


def _check_day(rows: Sequence[Licence], wanted: set[str], day: date) -> None:
    valid = [row for row in rows if row.is_valid_on(day)]
    if not valid:
        raise PermitEnds(day)
    check_covered(valid, wanted)


def check_covered(rows: Sequence[Licence], species: set[str]) -> None:
    """Raises PermitForOtherAnimals when none of these permits is for all of them."""
    if not any(_covers(row, species) for row in rows):
        raise PermitForOtherAnimals(_not_covered(rows, species))


@dataclass(frozen=True)
class Permits:
    """All permits of some businesses that were found right, by business: the same rules without a query."""

    rows: Mapping[int, Sequence[Licence]]

    def allow(self, offering: Offering, species: Iterable[str], day: date, *, nights: int = 1) -> bool:
        """Will its business be listed that day, and may it do this for these animals (none: for any)?"""
        rows = self.rows.get(offering.business_id, ())
        held = {row.kind for row in rows if row.is_valid_on(day)}
        return held >= set(NEEDED[offering.business.kind]) and _may(rows, offering, set(species), day, nights)


def only_permitted(
    offering: Offering, found: Mapping[date, list[Slot]], *, species: Iterable[str] = (), nights: int = 1
) -> dict[date, list[Slot]]:
    """Only the times of days on which a permit is in force for these animals (none: any). One query."""
    may, wanted = read([offering]), set(species)
    return {
        day: times if times and may.allow(offering, wanted, day, nights=nights) else []
        for day, times in found.items()
    }


def permits_of(offering: Offering, day: date) -> list[Licence]:
    """Permits for this work at this branch, valid that day. Raises the NoPermit that says what is wrong."""
    valid = [row for row in _for_this_work(offering) if row.is_valid_on(day)]
    if not valid:
        raise PermitEnds(day)
    return valid


def _may(rows: Sequence[Licence], offering: Offering, wanted: set[str], day: date, nights: int) -> bool:
    if not offering.traits.permit:
        return True
    try:
        _check_nights(_fitting(rows, offering), wanted, day, nights if offering.traits.by_night else 1)
    except NoPermit:
        return False
    return True


def read(offerings: Iterable[Offering]) -> Permits:
    """One query for all of them."""
    found: dict[int, list[Licence]] = defaultdict(list)
    rows = Licence.objects.verified().filter(business__in={one.business_id for one in offerings})
    for row in rows.select_related("location"):
        found[row.business_id].append(row)
    return Permits(found)


def _covers(licence: Licence, species: set[str]) -> bool:
    """A permit that names no animals is for all of them."""
    return not licence.species or {_group(one) for one in species} <= set(licence.species)


def _not_covered(rows: Sequence[Licence], species: set[str]) -> list[str]:
    """Those that none of them names; all of them when each names only some."""
    named = {one for row in rows for one in row.species}
    gone = [one for one in species if _group(one) not in named]
    return [str(PetSpecies(one).label) for one in gone or species]


def _group(species: str) -> str:
    return str(GROUPS.get(species, species))  # type: ignore[call-overload]
