"""Times that became free go to those who wait, in the order in which they came, each to exactly one.

Whoever is first is read anew for each time and locked; a second worker that found her too waits there and
then sees that she has it. The time itself is taken by a hold, as anybody takes it: somebody who books it at
the same moment wins or loses.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone

from booking import services as bookings
from booking.errors import SlotTaken
from booking.slots import Slot
from booking.states import Status as BookingStatus
from core.errors import Refused
from pets.models import Pet

from . import events, matching, queries, rules, services
from .models import Entry
from .states import ENTRIES, Status

MOST_TURNS = 100


def hand_out(*, business_id: int, now: datetime, first: date | None = None, last: date | None = None) -> int:
    """All that is free on these days and waited for. Returns how many were offered something."""
    given, refused = 0, set[int]()
    for _turn in range(MOST_TURNS if _is_day(now) else 0):
        match = _first_match(business_id, first, last, refused, now)
        if match is None:
            break
        try:
            offer(*match, now=now)
            given += 1
        except SlotTaken:
            continue  # somebody booked it meanwhile: what is read next knows of it
        except Refused:
            refused.add(match[0].pk)  # not for her now; whoever is next gets it
    return given


def _is_day(now: datetime) -> bool:
    start, end = rules.HOURS
    return start <= timezone.localtime(now).time() < end


def _first_match(
    business_id: int, first: date | None, last: date | None, refused: set[int], now: datetime
) -> tuple[Entry, list[Pet], Slot] | None:
    """The first in line for whom something is free. Six statements, however many wait."""
    rows = queries.waiting_at(business_id).exclude(pk__in=refused)
    rows = rows.select_related("customer", "offering__business", "offering__location__business")
    entries = list(rows.prefetch_related("pets")[: rules.LOOKED_AT])
    if not entries:
        return None
    start, end = matching.days_of(entries, first, last, timezone.localdate(now))
    if start > end:
        return None
    times = matching.Times(entries, now=now, first=start, last=end)
    for entry in entries:
        pets = list(entry.pets.all())
        slot = next(times.of(entry, [pet.species for pet in pets]), None) if pets else None
        if slot:
            return entry, pets, slot
    return None


@transaction.atomic
def offer(entry: Entry, pets: Sequence[Pet], slot: Slot, *, now: datetime) -> None:
    """Keep this time for her. Raises SlotTaken, and whatever a hold refuses."""
    row = services.locked(entry.pk)
    own = Pet.objects.kept_by(entry.customer).living().filter(pk__in=[pet.pk for pet in pets])
    if row.status != Status.WAITING or own.count() != len(pets):
        raise Refused
    booking = bookings.hold(
        key=f"waitlist {entry.pk}",
        offering=entry.offering,
        pets=pets,
        starts_at=slot.starts,
        nights=entry.nights or 1,
        by=entry.customer,
        now=now,
        until=now + rules.OFFERED_FOR,
    )
    ENTRIES.move(row, Status.OFFERED, event=events.OFFERED, booking=booking)


def sweep(*, now: datetime) -> int:
    """What no journal line has hurried: days gone by, offers that ended, times that became free."""
    gone = Entry.objects.filter(status=Status.WAITING, last__lt=timezone.localdate(now))
    ended = sum(services.end(entry_id=pk, now=now) for pk in list(gone.values_list("pk", flat=True)[:500]))
    over = Entry.objects.filter(status=Status.OFFERED).exclude(booking__status=BookingStatus.HELD)
    ended += sum(
        services.settle(entry_id=pk, now=now) for pk in list(over.values_list("pk", flat=True)[:500])
    )
    return ended + sum(hand_out(business_id=pk, now=now) for pk in _due(now))


def _due(now: datetime) -> list[int]:
    """Businesses with somebody in line, those first that were looked at longest ago."""
    waiting = Entry.objects.filter(status=Status.WAITING).order_by()
    rows = waiting.values("business").annotate(at=Min("looked_at")).order_by(F("at").asc(nulls_first=True))
    found = [row["business"] for row in rows[: rules.SWEPT]]
    waiting.filter(business__in=found).update(looked_at=now)
    return found
