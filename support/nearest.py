"""The open clinics near somebody whose animal is in danger: her district first, then her province.

No business says yet whether it takes emergencies, so being open right now is what counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, When
from django.utils import timezone

from core import phones, text
from teams import hours
from teams.kinds import Kind
from teams.models import Business, Location

MOST = 3
LOOKED_AT = 300  # branches of one province


@dataclass(frozen=True)
class Clinic:
    name: str
    url: str
    area: str
    phone: str
    dial: str
    sentence: Any
    is_in_district: bool


def open_clinics(*, province: str, district: str, now: datetime) -> list[Clinic]:
    """At most three, in five statements, however many there are."""
    if not province:
        return []
    listed = Business.objects.listed(timezone.localdate(now)).filter(kind=Kind.CLINIC)
    rows = Location.objects.filter(province=province, business__in=listed).select_related("business")
    near = Case(When(district__iexact=district.strip(), then=0), default=1)
    places = list(rows.order_by(near, "business__name", "pk")[:LOOKED_AT])
    today = timezone.localdate(now)
    books = hours.books(places, today - timedelta(days=1), today + timedelta(days=hours.AHEAD))
    states = ((place, hours.state_in(books[place.pk], now)) for place in places)
    found = [_clinic(place, state, district, now) for place, state in states if state.is_open]
    return sorted(found, key=lambda clinic: not clinic.is_in_district)[:MOST]


def _clinic(place: Location, state: hours.State, district: str, now: datetime) -> Clinic:
    dial = place.phone or place.business.phone
    same = bool(district) and text.fold(place.district) == text.fold(district.strip())
    url, shown = place.business.get_absolute_url(), phones.shown(dial)
    return Clinic(place.business.name, url, place.area, shown, dial, hours.sentence(state, now), same)
