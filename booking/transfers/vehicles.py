"""May this vehicle carry these animals that day? Its own permit says so, found by its plate.

A vehicle is named by its plate (“Sprinter 34 ABC 123”). A business with one vehicle and one permit need not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from booking import permits
from booking.kinds import ResourceKind
from booking.models import Offering, Resource
from teams.licence_kinds import LicenceKind
from teams.models import Licence

from .errors import NoPlate
from .models import TransferJob


def check(offering: Offering, vehicle: Resource, species: Iterable[str], day: date) -> str:
    """The plate under which it may drive. Raises NoPermit, NoPlate."""
    licence = permit_of(offering, vehicle, permits.permits_of(offering, day))
    if licence is None:
        raise NoPlate
    permits.check_covered([licence], set(species))
    return licence.plate


def permit_of(offering: Offering, vehicle: Resource, valid: Sequence[Licence]) -> Licence | None:
    """By the plate in its name; where there is one vehicle with one permit in force, that one."""
    named = _bare(vehicle.name)
    if found := next((one for one in valid if _bare(one.plate) in named), None):
        return found
    others = Resource.objects.filter(location=vehicle.location_id, kind=ResourceKind.VEHICLE, is_active=True)
    return valid[0] if len(valid) == 1 and others.count() == 1 else None


def of_job(job: TransferJob) -> str:
    """The plate to look for in the street: that of the quote, unless another vehicle drives."""
    vehicle = job.vehicle
    if vehicle is None or vehicle.pk == job.quote.vehicle_id:
        return job.quote.plate
    rows = Licence.objects.verified().filter(location=vehicle.location_id, kind=LicenceKind.VEHICLE)
    named = _bare(vehicle.name)
    return next((one for one in rows.values_list("plate", flat=True) if one and _bare(one) in named), "")


def _bare(text: str) -> str:
    return "".join(text.split()).upper()
