"""Signs that cannot wait for a talk, and the clinics that are open near her right now.

The list is reviewed by a vet before it changes (see docs/decisions/0102); no business says yet whether it
takes emergencies, so being open is what counts (`support.nearest`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from support import nearest
from teams.kinds import Kind
from teams.models import Location

SIGNS = (
    _("Fights for breath, or gums and tongue are blue or white"),
    _("Bleeding that does not stop within five minutes"),
    _("A seizure, fainting, cannot stand up"),
    _("Ate or licked poison, a medicine for people, antifreeze, chocolate or onion"),
    _("Strains and passes no urine, above all a tomcat"),
    _("A hard, swollen belly and retching in vain"),
    _("Hit by a car, fallen from a height, bitten badly"),
    _("Heatstroke, burns, an injured eye"),
    _("Labour for more than two hours without a young one"),
    _("A rabbit or a bird that has not eaten for half a day"),
)


@dataclass(frozen=True)
class Help:
    """Where to go. `more` lists all clinics of the province."""

    signs: tuple[Any, ...]
    clinics: list[nearest.Clinic]
    area: str
    more: str


def near(user: Any, location: Location, *, now: datetime) -> Help:
    """Near her own address where she has left one, else near the business."""
    place: Any = _address_of(user) or location
    clinics = nearest.open_clinics(province=place.province, district=place.district, now=now)
    asked = {"kind": Kind.CLINIC.value, "province": place.province}
    return Help(SIGNS, clinics, place.district, f"{reverse('business_list')}?{urlencode(asked)}")


def _address_of(user: Any) -> Any:
    if user is None or not user.is_authenticated:
        return None
    return user.postal_addresses.order_by("-is_default", "pk").first()
