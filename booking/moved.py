"""What this person moved last, so that one press takes it back. Kept in her session for a few minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from .models import Booking

KEY = "booking_moved"
FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Moved:
    """Where it stood before."""

    public_id: str
    number: str
    starts_at: datetime
    resources: list[int]


def remember(request: HttpRequest, booking: Booking, starts_at: datetime, resources: list[int]) -> None:
    """After it moved; `starts_at` and `resources` as they were."""
    request.session[KEY] = {
        "business": booking.business_id,
        "id": str(booking.public_id),
        "number": booking.number,
        "starts": starts_at.isoformat(),
        "resources": resources,
        "at": timezone.now().isoformat(),
    }


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def last(request: HttpRequest, business: Any) -> Moved | None:
    kept = request.session.get(KEY)
    if not kept or kept["business"] != business.pk:
        return None
    at, starts = parse_datetime(kept["at"]), parse_datetime(kept["starts"])
    if at is None or starts is None or timezone.now() - at > FOR:
        return None
    return Moved(kept["id"], kept["number"], starts, kept["resources"])
