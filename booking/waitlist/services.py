"""Verbs of the waiting list: join, withdraw, pass on, and what follows from a booking that was offered.

Locks, in this order: an entry, then what a booking locks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from booking import locks as booking_locks
from booking import parts, permits
from booking import services as bookings
from booking.errors import ByQuote
from booking.models import Offering
from booking.services.holding import check_pets
from booking.states import By
from booking.states import Status as BookingStatus
from core import journal
from core.states import MoveRefused
from pets.models import Pet

from . import events, matching, rules
from .errors import TimeIsFree, TooManyWaits, WaitsAlready, WrongDays
from .models import Entry
from .states import ACTIVE, ENTRIES, Status

OVERLAP, NUMBER = "person_waits_once_for_a_day", "each_wait_of_a_person_has_its_number"


def join(
    *,
    offering: Offering,
    pets: Sequence[Pet],
    first: date,
    last: date,
    by: Any,
    now: datetime,
    parts: Sequence[str] = (),
    nights: int = 0,
) -> Entry:
    """Stand in line.

    Raises WrongDays, WrongPets, Closed, NoPermit, TooManyWaits, WaitsAlready, TimeIsFree.
    """
    by_night = offering.traits.by_night
    facts = {
        "offering": offering,
        "business": offering.business,
        "customer": by,
        "first": first,
        "last": last,
        "parts": [] if by_night else list(parts),
        "nights": max(nights, offering.least_nights) if by_night else 0,
    }
    entry = Entry(**facts, made_at=now)
    _check(entry, pets, now)
    if slot := matching.first_free(entry, [pet.species for pet in pets], now=now):
        raise TimeIsFree(slot)
    return _join(entry, pets, by)


def _check(entry: Entry, pets: Sequence[Pet], now: datetime) -> None:
    offering, today = entry.offering, timezone.localdate(now)
    if offering.traits.by_quote:
        raise ByQuote
    parts.check(offering, parts.HOLD, now=now)
    farthest = min(
        entry.first + timedelta(days=rules.MOST_DAYS - 1), today + timedelta(days=offering.horizon_days)
    )
    if not today <= entry.first <= entry.last <= farthest or entry.nights > offering.most_nights:
        raise WrongDays
    check_pets(offering, pets)
    species = [pet.species for pet in pets]
    permits.check(offering, species, entry.first, nights=max(entry.nights, 1))


@transaction.atomic
def _join(entry: Entry, pets: Sequence[Pet], by: Any) -> Entry:
    while not _is_saved(entry, by):  # another tab took the number
        pass
    entry.pets.set(pets)
    journal.write(events.JOINED, actor=by, subject=entry, data={"business": entry.business_id})
    return entry


def _is_saved(entry: Entry, by: Any) -> bool:
    """With the first number that is free. Raises TooManyWaits, WaitsAlready."""
    used = set(Entry.objects.filter(customer=by, status__in=ACTIVE).values_list("number", flat=True))
    entry.number = next((one for one in range(1, rules.MOST_WAITS + 1) if one not in used), None)
    if entry.number is None:
        raise TooManyWaits
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        if OVERLAP in str(error):
            raise WaitsAlready from error
        if NUMBER not in str(error):
            raise
        return False
    return True


@transaction.atomic
def withdraw(*, entry: Entry, by: Any, now: datetime) -> None:
    """Give up the wish; a time that is kept for it is free again. Raises MoveRefused."""
    row = locked(entry.pk)
    if row.status == Status.OFFERED:
        _let_go(row, by, now)
    ENTRIES.move(entry, Status.WITHDRAWN, event=events.WITHDRAWN, actor=by, ended_at=now, number=None)


@transaction.atomic
def pass_on(*, entry: Entry, by: Any, now: datetime) -> None:
    """The time that is kept goes to whoever is next. Raises MoveRefused once it is hers."""
    row = locked(entry.pk)
    if row.status != Status.OFFERED:
        raise MoveRefused
    _let_go(row, by, now)
    ENTRIES.move(entry, Status.PASSED, event=events.PASSED, actor=by, ended_at=now, number=None)


def _let_go(row: Entry, by: Any, now: datetime) -> None:
    """Not once it is paid: asked under the lock of the booking, which a payment waits for."""
    booking = booking_locks.booking(row.booking_id)  # type: ignore[arg-type]
    if booking.status == BookingStatus.HELD:
        bookings.cancel(booking=booking, role=By.CUSTOMER, by=by, now=now)
    elif booking.status not in (BookingStatus.EXPIRED, BookingStatus.CANCELLED):
        raise MoveRefused


def again(*, entry: Entry, by: Any, now: datetime) -> Entry:
    """The same wish once more, at the end of the line. Raises what `join` does."""
    pets = list(Pet.objects.kept_by(by).living().filter(waits=entry))
    first = max(entry.first, timezone.localdate(now))
    facts: dict[str, Any] = {"parts": entry.parts, "nights": entry.nights}
    return join(offering=entry.offering, pets=pets, first=first, last=entry.last, by=by, now=now, **facts)


FOLLOWS: dict[str, tuple[Status, str]] = {
    BookingStatus.REQUESTED: (Status.BOOKED, events.BOOKED),
    BookingStatus.CONFIRMED: (Status.BOOKED, events.BOOKED),
    BookingStatus.IN_SERVICE: (Status.BOOKED, events.BOOKED),
    BookingStatus.COMPLETED: (Status.BOOKED, events.BOOKED),
    BookingStatus.EXPIRED: (Status.EXPIRED, events.EXPIRED),
    BookingStatus.CANCELLED: (Status.PASSED, events.PASSED),
}


@transaction.atomic
def settle(*, entry_id: int, now: datetime) -> bool:
    """What became of the booking that was offered, becomes of the entry. False: nothing new."""
    row = locked(entry_id)
    if row.booking is None:
        return False
    row.booking.refresh_from_db()
    target, event = FOLLOWS.get(row.booking.status, (None, ""))
    if target is None or not ENTRIES.allows(row.status, target):
        return False
    ENTRIES.move(row, target, event=event, ended_at=now, number=None)
    return True


@transaction.atomic
def end(*, entry_id: int, now: datetime) -> bool:
    """Its days have gone by."""
    row = locked(entry_id)
    if row.status != Status.WAITING or row.last >= timezone.localdate(now):
        return False
    ENTRIES.move(row, Status.EXPIRED, event=events.ENDED, ended_at=now, number=None)
    return True


def locked(pk: int) -> Entry:
    return Entry.objects.select_for_update(of=("self",)).select_related("booking", "offering").get(pk=pk)
