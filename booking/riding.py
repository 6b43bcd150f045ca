"""Times that are kept and not paid yet may ride along in another payment of their customer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from payments import riders

from . import queries
from .models import Booking
from .states import Status

STILL = timedelta(minutes=2)  # what ends sooner would end at the bank


@riders.finder
def kept(user: Any, *, now: datetime) -> QuerySet[Booking]:
    """What is held as one with others is paid as one: it has its own page for that."""
    rows = queries.bookings_of(user).filter(places=1, status=Status.HELD, until__gt=now + STILL, due__gt=0)
    return rows.order_by("until", "pk")
