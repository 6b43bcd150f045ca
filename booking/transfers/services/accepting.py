"""A quote is accepted: its time is held on its vehicle and driver at its price, and paid as any booking."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from booking import locks as booking_locks
from booking import permits
from booking.errors import SlotTaken, WrongPets
from booking.models import Booking
from booking.services import holding
from booking.states import Status
from core import journal, money
from pets.models import Pet

from .. import events, locks, vehicles
from ..errors import QuoteOver, VehicleTaken
from ..models import Acceptance, Quote, TransferJob
from ..states import QUOTES, REQUESTS, Asked, Offered
from . import quoting
from .asking import close_quotes


def accept(*, quote: Quote, by: Any, now: datetime) -> Booking:
    """Keeps the time for ten minutes; pressed twice it is the same booking.

    Raises QuoteOver, VehicleTaken (then the carrier is asked anew), WrongPets, Closed, NoPermit, NoPlate,
    TooManyHolds.
    """
    booking = _accept(quote, by, now)
    if booking is None:  # told after the commit: the quote has gone back to its carrier
        raise VehicleTaken
    return booking


@transaction.atomic
def _accept(quote: Quote, by: Any, now: datetime) -> Booking | None:
    offering = quote.request.offering
    wanted = quoting.wanted_of(offering, quote.vehicle, quote.driver, quote.pickup_at, quote.ends_at)
    booking_locks.resources(wanted.plan.resources)
    row = locks.quote(quote.pk)
    if known := _held_already(row):
        return known
    if row.status != Offered.SENT or row.request.status != Asked.QUOTED or row.valid_until <= now:
        raise QuoteOver
    pets = _pets(row, by)
    _may(row, pets)
    try:
        booking = _hold(row, wanted, pets, by, now)
    except SlotTaken:
        quoting.fell(row, by, now)
        return None
    Acceptance.objects.create(quote=row, booking=booking)
    QUOTES.move(row, Offered.ACCEPTED, event=events.QUOTE_ACCEPTED, actor=by, data={"booking": booking.pk})
    _accept_request(row, by)
    return booking


def _held_already(row: Quote) -> Booking | None:
    """Pressed twice, or in two tabs: what the first press held."""
    if row.status != Offered.ACCEPTED:
        return None
    return Booking.objects.filter(transfer_acceptance__quote=row).order_by("pk").last()


def _pets(row: Quote, by: Any) -> list[Pet]:
    """All of them, alive and still hers."""
    wanted = list(row.request.pets.values_list("pet_id", flat=True))
    found = list(Pet.objects.kept_by(by).living().filter(pk__in=[pk for pk in wanted if pk]).distinct())
    if not wanted or len(found) != len(wanted):
        raise WrongPets
    return found


def _may(row: Quote, pets: list[Pet]) -> None:
    """The permits of the business and of this vehicle, on the day of the pick-up."""
    species, day = [pet.species for pet in pets], timezone.localdate(row.pickup_at)
    permits.check(row.request.offering, species, day)
    vehicles.check(row.request.offering, row.vehicle, species, day)


def _hold(row: Quote, wanted: Any, pets: list[Pet], by: Any, now: datetime) -> Booking:
    share = row.request.offering.deposit_percent
    terms: dict[str, Any] = {
        "price": row.price,
        "due": money.lira(row.price * share / 100),
        "policy": row.policy,
        "on_request": False,
    }
    key = f"quote {row.pk} {row.acceptances.count()}"
    return holding.hold_agreed(key=key, wanted=wanted, pets=pets, by=by, now=now, terms=terms)


def _accept_request(row: Quote, by: Any) -> None:
    REQUESTS.move(row.request, Asked.ACCEPTED, event=events.ACCEPTED, actor=by, data={"quote": row.pk})


@transaction.atomic
def open_again(*, booking: Booking, now: datetime) -> None:
    """It was held and not paid: the quote holds again as long as it said. Safe to run twice."""
    found = Acceptance.objects.filter(booking=booking).first()
    if found is None:
        return
    row = locks.quote(found.quote_id)
    alive = (Status.HELD, Status.REQUESTED, Status.CONFIRMED, Status.IN_SERVICE, Status.COMPLETED)
    others = Booking.objects.filter(transfer_acceptance__quote=row, status__in=alive)
    if row.status != Offered.ACCEPTED or others.exists():
        return
    holds = row.valid_until > now
    status, asked = (Offered.SENT, Asked.QUOTED) if holds else (Offered.EXPIRED, Asked.EXPIRED)
    QUOTES.move(row, status, event=events.QUOTE_OPEN_AGAIN)
    facts = {"until": row.valid_until} if holds else {"until": None, "ended_at": now}
    event = events.QUOTE_OPEN_AGAIN if holds else events.EXPIRED
    REQUESTS.move(row.request, asked, event=event, data={"quote": row.pk}, **facts)


@transaction.atomic
def make_job(*, booking: Booking, now: datetime) -> TransferJob | None:
    """Its booking is confirmed. Safe to run twice; nothing for a booking that came without a quote."""
    found = Acceptance.objects.filter(booking=booking).first()
    if found is None:
        return None
    row = locks.quote(found.quote_id)
    job, is_new = TransferJob.objects.get_or_create(booking=booking, defaults={"quote": row, "made_at": now})
    if is_new:
        _paid_late(row)
        journal.write(events.JOB_MADE, subject=job, data={"business": booking.business_id})
    return job


def _paid_late(row: Quote) -> None:
    """The money came after the ten minutes, and its time was still free: accepted after all."""
    if row.status != Offered.ACCEPTED:
        close_quotes(row.request, Offered.CLOSED, None)
        row.refresh_from_db()
        row.status = Offered.ACCEPTED
        row.save(update_fields=["status"])
    if REQUESTS.allows(row.request.status, Asked.ACCEPTED):
        _accept_request(row, None)
