"""Somebody stands at the desk, or calls: the business books for her. She pays at the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import journal

from .. import events, locks, permits, slots
from ..errors import Incomplete, NotOffered, WrongPets
from ..models import Booking, BookingItem, Offering, Resource
from ..states import Status
from . import claiming, holding, rearranging


@dataclass(frozen=True)
class Guest:
    """Who she is, and the animal she brings; none of it belongs to an account."""

    name: str
    phone: str
    animal: str
    species: str


def walk_in(
    *,
    offering: Offering,
    guest: Guest,
    starts_at: datetime,
    by: Any,
    now: datetime,
    nights: int = 1,
    on: Sequence[Resource] = (),
    note: str = "",
) -> Booking:
    """A fixed time without payment. Raises SlotTaken, NotOffered, WrongPets, NoPermit, Incomplete."""
    if offering.species and guest.species not in offering.species:
        raise WrongPets
    permits.check_permit(offering, [guest.species], timezone.localdate(starts_at), nights=nights)
    plan = rearranging.preferring(offering, [one.pk for one in on])
    ends_at = slots.end_of(offering, starts_at, pets=1, nights=nights)
    if not plan.wants:
        raise Incomplete
    if ends_at <= now:
        raise NotOffered
    return _book(claiming.read(plan, starts_at, ends_at), guest, on, by, now, note)


@transaction.atomic
def _book(
    wanted: claiming.Wanted, guest: Guest, on: Sequence[Resource], by: Any, now: datetime, note: str
) -> Booking:
    locks.resources(wanted.plan.resources)
    chosen, busy = rearranging.choose(wanted, on)
    who = {"guest_name": guest.name, "guest_phone": guest.phone, "note": note}
    facts = {"status": Status.CONFIRMED, "confirmed_at": now, "due": Decimal(0)}
    booking = holding.make(wanted, 1, now, **who, **facts)
    BookingItem.objects.create(booking=booking, name=guest.animal, species=guest.species)
    claiming.take(booking, wanted, chosen, busy, now)
    journal.write(events.CONFIRMED, actor=by, subject=booking, data={"walk_in": True})
    return booking
