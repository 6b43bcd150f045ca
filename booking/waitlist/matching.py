"""Which free time fits whom: the calendars of all wishes of a business are read at once.

The same reader shows the times on the page and in the search, so what is offered is what one could book.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from booking import permits, slots
from booking.search_words import BOUNDS, Part
from booking.slots import Slot

from . import rules
from .models import Entry


class Times:
    """Free times for these entries, on the days from `first` to `last`. Four queries."""

    def __init__(self, entries: Sequence[Entry], *, now: datetime, first: date, last: date) -> None:
        offerings = {one.offering_id: one.offering for one in entries}.values()
        self.now, self.first, self.last = now, first, last
        self.plans = slots.plans(offerings)
        self.permits = permits.read(offerings)
        nights = max((one.nights for one in entries), default=0)
        self.read = slots.Reading(self.plans.values(), first, last, now=now, nights=nights)

    def of(self, entry: Entry, species: Sequence[str]) -> Iterator[Slot]:
        """In their order. What begins before the half hour is over helps nobody."""
        plan = self.plans[entry.offering_id]
        for day in slots.days(max(self.first, entry.first), min(self.last, entry.last)):
            if self.permits.allow(entry.offering, species, day, nights=max(entry.nights, 1)):
                for slot in self._of_day(entry, plan, day, len(species)):
                    if slot.starts > self.now + rules.OFFERED_FOR:
                        yield slot

    def _of_day(self, entry: Entry, plan: slots.Plan, day: date, pets: int) -> Iterator[Slot]:
        if entry.nights:
            stay = self.read.stay(plan, day, nights=entry.nights)
            yield from [stay] if stay else []
            return
        for slot in self.read.times(plan, day, pets=pets):
            if fits(slot, entry.parts):
                yield slot


def fits(slot: Slot, parts: Sequence[str]) -> bool:
    at = timezone.localtime(slot.starts).time()
    return not parts or any(start <= at < end for start, end in (BOUNDS[Part(one)] for one in parts))


def first_free(entry: Entry, species: Sequence[str], *, now: datetime) -> Slot | None:
    """Something she could book instead of waiting."""
    return next(Times([entry], now=now, first=entry.first, last=entry.last).of(entry, species), None)


def days_of(
    entries: Sequence[Entry], first: date | None, last: date | None, today: date
) -> tuple[date, date]:
    """From the first to the last day that is worth looking at."""
    start = max(today, min(one.first for one in entries), first or today)
    end = min(max(one.last for one in entries), last or today + timedelta(days=366))
    return start, end
