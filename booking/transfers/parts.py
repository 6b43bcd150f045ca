"""What transfers add to the pages and steps of bookings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from booking import parts
from booking.kinds import Kind
from booking.models import Booking, Offering

from . import queries, vehicles
from .errors import ByDriver, OnTheRoad
from .models import Acceptance, TransferJob
from .services import riding
from .states import ROLLING, Ride


def _status(booking: Booking) -> str | None:
    """Of its journey; None where it came without a quote; empty as long as its journey is not made."""
    found = TransferJob.objects.filter(booking=booking).values_list("status", flat=True).first()
    if found is None:
        return "" if Acceptance.objects.filter(booking=booking).exists() else None
    return found


@parts.led(Kind.TRANSFER)
def is_led(booking: Booking) -> bool:
    return _status(booking) is not None


@parts.before(Kind.TRANSFER, parts.ARRIVE)
def follows_the_pick_up(booking: Booking, *, now: datetime) -> None:
    if _status(booking) not in (None, Ride.PICKED_UP):
        raise ByDriver
    riding.check_vehicle(booking, now=now)


@parts.before(Kind.TRANSFER, parts.COMPLETE)
def follows_the_delivery(booking: Booking, *, now: datetime) -> None:
    if _status(booking) not in (None, Ride.DELIVERED):
        raise ByDriver


@parts.before(Kind.TRANSFER, parts.REOPEN)
def is_not_taken_back(booking: Booking, *, now: datetime) -> None:
    if _status(booking) not in (None, "", Ride.ASSIGNED):
        raise ByDriver


@parts.before(Kind.TRANSFER, parts.CANCEL)
def is_not_on_the_road(booking: Booking, *, now: datetime) -> None:
    if _status(booking) in (*ROLLING, Ride.UNCONFIRMED):
        raise OnTheRoad


@parts.shown(Kind.TRANSFER, parts.OFFERING, "booking/transfers/_ask.html")
def form(offering: Offering, *, now: datetime) -> dict[str, Any]:
    return {"offering": offering, "now": now}


@parts.shown(Kind.TRANSFER, parts.OWNER, "booking/transfers/_of_owner.html")
def for_owner(booking: Booking, *, now: datetime) -> dict[str, Any] | None:
    return _facts(booking)


@parts.shown(Kind.TRANSFER, parts.DESK, "booking/transfers/_of_desk.html")
def for_desk(booking: Booking, *, now: datetime) -> dict[str, Any] | None:
    return _facts(booking)


def _facts(booking: Booking) -> dict[str, Any] | None:
    job = queries.job_of_booking(booking)
    return {"job": job, "request": job.request, "plate": vehicles.of_job(job)} if job else None
