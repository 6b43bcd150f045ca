"""A carrier answers: with a price for a time on a vehicle, or with a no and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from booking import slots
from booking.errors import NotOffered
from booking.kinds import ResourceKind
from booking.models import Offering, Resource
from booking.services import claiming

from .. import events, locks, queries, rules, vehicles
from ..errors import RequestOver, WrongVehicle
from ..models import Quote, TransferRequest
from ..states import REQUESTS, Asked, Offered
from .asking import close_quotes


@dataclass(frozen=True)
class Terms:
    """What is offered. Without `valid_until` it holds a day, at most until the pick-up."""

    price: Decimal
    pickup_at: datetime
    minutes: int
    vehicle: Resource
    driver: Resource
    valid_until: datetime | None = None
    note: str = ""

    @property
    def ends_at(self) -> datetime:
        return self.pickup_at + timedelta(minutes=self.minutes)


@transaction.atomic
def quote(*, request: TransferRequest, terms: Terms, by: Any, now: datetime) -> Quote:
    """Sent at once, never changed: another one takes its place.

    Raises RequestOver, WrongVehicle, NoPlate, NoPermit, NotOffered (too soon), SlotTaken.
    """
    row = locks.request(request.pk)
    if not row.is_open:
        raise RequestOver
    plate = _check(row, terms, now)
    wanted_of(row.offering, terms.vehicle, terms.driver, terms.pickup_at, terms.ends_at, is_free=True)
    replaced = close_quotes(row, Offered.SUPERSEDED, by)
    made = _write(row, terms, plate, by, now)
    facts = {"until": made.valid_until}
    event = events.QUOTE_REPLACED if replaced else events.QUOTED
    REQUESTS.move(request, Asked.QUOTED, event=event, actor=by, data={"quote": made.pk}, **facts)
    return made


def _check(row: TransferRequest, terms: Terms, now: datetime) -> str:
    """The plate of the vehicle."""
    for one, kind in ((terms.vehicle, ResourceKind.VEHICLE), (terms.driver, ResourceKind.PERSON)):
        if not queries.stands(row.offering, kind).filter(pk=one.pk).exists():
            raise WrongVehicle
    if terms.pickup_at < now + rules.QUOTE_AT_LEAST or not 5 <= terms.minutes <= rules.LONGEST_MINUTES:
        raise NotOffered
    if terms.valid_until and not now < terms.valid_until <= terms.pickup_at:
        raise NotOffered
    species = row.pets.values_list("species", flat=True)
    return vehicles.check(row.offering, terms.vehicle, species, timezone.localdate(terms.pickup_at))


def wanted_of(
    offering: Offering,
    vehicle: Resource,
    driver: Resource,
    starts_at: datetime,
    ends_at: datetime,
    *,
    is_free: bool = False,
) -> claiming.Wanted:
    """This time on this vehicle with this driver. With `is_free` raises SlotTaken where it is not."""
    plan = slots.only(slots.plan(offering), [vehicle.pk, driver.pk])
    wanted = claiming.read(plan, starts_at, ends_at)
    if is_free:
        claiming.choose(wanted)
    return wanted


def _write(row: TransferRequest, terms: Terms, plate: str, by: Any, now: datetime) -> Quote:
    return Quote.objects.create(
        request=row,
        price=terms.price,
        pickup_at=terms.pickup_at,
        minutes=terms.minutes,
        vehicle=terms.vehicle,
        driver=terms.driver,
        plate=plate,
        policy=row.offering.policy,
        note=terms.note,
        valid_until=terms.valid_until or min(now + rules.QUOTE_HOLDS, terms.pickup_at),
        made_at=now,
        made_by=by,
    )


@transaction.atomic
def decline(*, request: TransferRequest, reason: str, by: Any, now: datetime) -> None:
    """Raises MoveRefused when it is over. A quote that was sent falls with it."""
    locks.request(request.pk)
    close_quotes(request, Offered.CLOSED, by)
    facts: dict[str, Any] = {"until": None, "ended_at": now, "reason": reason}
    REQUESTS.move(request, Asked.DECLINED, event=events.DECLINED, actor=by, **facts)


def fell(row: Quote, by: Any, now: datetime) -> None:
    """Its vehicle or driver was taken: the request goes back to its carrier. Both are locked."""
    row.status = Offered.FALLEN
    row.save(update_fields=["status"])
    until = max(min(now + rules.ANSWER_WITHIN, row.request.latest), now + rules.QUOTE_AT_LEAST)
    REQUESTS.move(
        row.request, Asked.ASKED, event=events.QUOTE_FELL, actor=by, data={"quote": row.pk}, until=until
    )
