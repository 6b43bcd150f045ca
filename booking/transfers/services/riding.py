"""What a driver tells of a journey: pick-up, departure, what happens on the way, trouble, turning back.

Every step carries a key from the phone: sent again over a bad line it counts once. The booking moves in
the same transaction: picked up is arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from booking.models import Booking
from booking.services import cancelling, lives
from booking.states import By, Status
from core import journal

from .. import events, locks, queries, rules, vehicles
from ..errors import TooEarly, TooMuch, WrongMoment
from ..models import TrackingEvent, TransferJob
from ..states import JOBS, ON_THE_WAY, ROLLING, Ride, What
from . import photos


@dataclass(frozen=True)
class Told:
    """One press of a driver. `at`: when it happened by her phone; `photo`: drawn anew (`photos.checked`)."""

    key: str
    at: datetime | None = None
    text: str = ""
    place: str = ""
    point: tuple[Decimal, Decimal] | None = None
    photo: bytes | None = None


def known(job: TransferJob, told: Told) -> TrackingEvent | None:
    """What this press did when it came before."""
    return job.events.filter(key=told.key).first()


def pick_up(*, job: TransferJob, told: Told, by: Any, now: datetime) -> TrackingEvent:
    """The animal is in the vehicle: with a photo, and words on how it is.

    Raises WrongMoment, TooEarly, NoPermit, NoPlate, and what else is asked for before a pick-up.
    """
    return photos.keeping(told.photo, lambda photo: _pick_up(job, told, photo, by, now))


@transaction.atomic
def _pick_up(job: TransferJob, told: Told, photo: str, by: Any, now: datetime) -> TrackingEvent:
    booking, row = locks.journey(job)
    if done := known(row, told):
        return done
    if row.status != Ride.ASSIGNED or booking.status != Status.CONFIRMED or not photo or not told.text:
        raise WrongMoment
    if now < booking.starts_at - rules.PICK_UP_EARLY:
        raise TooEarly
    facts = {"picked_up_at": now, "condition": told.text}
    event = write(row, What.PICKED_UP, told, photo, by, now)
    JOBS.move(row, Ride.PICKED_UP, event=events.PICKED_UP, actor=by, data={"event": event.pk}, **facts)
    lives.arrive(booking=booking, by=by, now=now)
    lives.take_in(booking=booking, by=by, now=now)
    return event


def check_vehicle(booking: Booking, *, now: datetime) -> None:
    """Before a pick-up: the permit of the vehicle that came, today. Raises NoPermit, NoPlate."""
    job = queries.job_of_booking(booking)
    vehicle = job.vehicle if job else None
    if vehicle:
        species = booking.items.values_list("species", flat=True)
        vehicles.check(booking.offering, vehicle, species, timezone.localdate(now))


@transaction.atomic
def depart(*, job: TransferJob, told: Told, by: Any, now: datetime) -> TrackingEvent:
    _booking, row = locks.journey(job)
    if done := known(row, told):
        return done
    if row.status != Ride.PICKED_UP:
        raise WrongMoment
    return _move(row, Ride.IN_TRANSIT, What.DEPARTED, events.DEPARTED, told, "", by, now)


def tell(*, job: TransferJob, what: str, told: Told, by: Any, now: datetime) -> TrackingEvent:
    """A rest, fuel, a border, news, a delay. Who tells of one is on the road. Raises WrongMoment, TooMuch."""
    if what not in ON_THE_WAY:
        raise WrongMoment
    return photos.keeping(told.photo, lambda photo: _tell(job, what, told, photo, by, now))


@transaction.atomic
def _tell(job: TransferJob, what: str, told: Told, photo: str, by: Any, now: datetime) -> TrackingEvent:
    _booking, row = locks.journey(job)
    if done := known(row, told):
        return done
    if row.status not in ROLLING:
        raise WrongMoment
    event = write(row, what, told, photo, by, now)
    if row.status == Ride.PICKED_UP:
        JOBS.move(row, Ride.IN_TRANSIT, event=events.DEPARTED, actor=by, data={"event": event.pk})
    journal.write(events.TOLD, actor=by, subject=row, data={"event": event.pk})
    return event


def report_problem(*, job: TransferJob, told: Told, by: Any, now: datetime) -> TrackingEvent:
    """Something is wrong; the owner and the business are told at once."""
    return photos.keeping(
        told.photo, lambda photo: _turn(job, Ride.PROBLEM, What.PROBLEM, events.PROBLEM, told, photo, by, now)
    )


def solve(*, job: TransferJob, told: Told, by: Any, now: datetime) -> TrackingEvent:
    return _turn(job, Ride.IN_TRANSIT, What.SOLVED, events.SOLVED, told, "", by, now, only=Ride.PROBLEM)


@transaction.atomic
def _turn(
    job: TransferJob,
    status: Ride,
    what: What,
    event: str,
    told: Told,
    photo: str,
    by: Any,
    now: datetime,
    only: Ride | None = None,
) -> TrackingEvent:
    _booking, row = locks.journey(job)
    if done := known(row, told):
        return done
    if row.status not in ROLLING or (only and row.status != only):
        raise WrongMoment
    if row.status == status:
        made = write(row, what, told, photo, by, now)
        journal.write(event, actor=by, subject=row, data={"event": made.pk})
        return made
    return _move(row, status, what, event, told, photo, by, now)


def bring_back(*, job: TransferJob, told: Told, by: Any, now: datetime) -> TrackingEvent:
    """The animal is with its owner again, undelivered: all that was paid goes back. Needs a photo and why."""
    return photos.keeping(told.photo, lambda photo: _bring_back(job, told, photo, by, now))


@transaction.atomic
def _bring_back(job: TransferJob, told: Told, photo: str, by: Any, now: datetime) -> TrackingEvent:
    booking, row = locks.journey(job)
    if done := known(row, told):
        return done
    if row.status not in ROLLING or not photo or not told.text:
        raise WrongMoment
    facts = {"handed_over_at": now, "ended_at": now}
    event = _move(row, Ride.RETURNED, What.RETURNED, events.RETURNED, told, photo, by, now, **facts)
    cancelling.cancel(booking=booking, role=By.PROVIDER, by=by, now=now, reason=told.text)
    return event


def _move(
    row: TransferJob,
    status: Ride,
    what: What,
    event: str,
    told: Told,
    photo: str,
    by: Any,
    now: datetime,
    **facts: Any,
) -> TrackingEvent:
    made = write(row, what, told, photo, by, now)
    JOBS.move(row, status, event=event, actor=by, data={"event": made.pk}, **facts)
    return made


def write(row: TransferJob, what: str, told: Told, photo: str, by: Any, now: datetime) -> TrackingEvent:
    """The journey is locked. A phone’s clock may be wrong: nothing lies ahead of us or before the pick-up."""
    if row.events.count() >= rules.MOST_EVENTS:
        raise TooMuch
    latitude, longitude = told.point or (None, None)
    return TrackingEvent.objects.create(
        job=row,
        key=told.key,
        what=what,
        text=told.text,
        place=told.place,
        latitude=latitude,
        longitude=longitude,
        photo=photo,
        at=_moment(row, told.at or now, now),
        received_at=now,
        by=by if getattr(by, "pk", None) else None,
    )


def _moment(row: TransferJob, at: datetime, now: datetime) -> datetime:
    earliest = row.picked_up_at or row.made_at
    return min(max(at, earliest), now)
