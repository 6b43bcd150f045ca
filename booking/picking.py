"""What the page of an offering shows: a week of times, the animals, the price, and what cancelling costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from core import money
from pets.models import Pet
from teams.models import Business
from teams.models.hours import clock

from . import permits, policies, slots
from .models import Offering
from .slots import Slot

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Day:
    on: date
    slots: list[Slot]
    is_past: bool


@dataclass(frozen=True)
class Choice:
    """What was asked for, as far as it makes sense; `starts_at` only when it is one of the times shown."""

    offering: Offering
    pets: list[Pet]
    chosen: list[Pet]
    nights: int
    first: date  # Monday of the week that is shown
    days: list[Day]
    slot: Slot | None
    day: date | None  # the one a phone shows
    today: date

    @property
    def previous(self) -> date | None:
        return self.first - WEEK if self.first > self.today else None

    @property
    def next(self) -> date | None:
        last = self.today + timedelta(days=self.offering.horizon_days)
        return self.first + WEEK if self.first + WEEK <= last else None

    @property
    def last(self) -> date:
        return self.first + WEEK - timedelta(days=1)

    @property
    def price(self) -> Decimal:
        return self.offering.price_of(max(1, len(self.chosen)), self.times)

    @property
    def hours(self) -> tuple[time, time]:
        """Of arrival and of leaving."""
        return clock(self.offering.arrive_at), clock(self.offering.leave_by)

    @property
    def times(self) -> int:
        """How often the price counts: the nights."""
        return self.nights if self.offering.traits.by_night else 1

    @property
    def first_price(self) -> Decimal:
        return self.offering.price * self.times

    @property
    def further(self) -> int:
        return max(0, len(self.chosen) - 1)

    @property
    def further_price(self) -> Decimal:
        return self.offering.more_price * self.further * self.times

    @property
    def due(self) -> Decimal:
        return money.lira(self.price * self.offering.deposit_percent / 100)

    @property
    def later(self) -> Decimal:
        return self.price - self.due

    @property
    def tiers(self) -> list[policies.Tier]:
        return policies.tiers(self.offering.policy, self.slot.starts, self.due) if self.slot else []

    @property
    def has_times(self) -> bool:
        return any(day.slots for day in self.days)


def bookable() -> Any:
    """Offerings that the public sees, with what a page of them reads."""
    listed = Business.objects.listed()
    rows = Offering.objects.filter(is_open=True, business__in=listed)
    return rows.select_related("business", "location__business", "course")


def course_of(offering: Offering) -> Any:
    """It is sold as a course of several times, or None. Read with what is bookable: no query of its own."""
    return getattr(offering, "course", None)


def read(offering: Offering, user: Any, asked: QueryDict, *, now: datetime) -> Choice:
    """`asked`: `hayvan` (public ids), `hafta` (a day), `saat` (a moment), `gece` (a number)."""
    pets = pets_for(offering, user)
    chosen = _chosen(offering, pets, asked.getlist("hayvan"))
    nights, wish, today = nights_of(offering, asked), wish_of(asked), timezone.localdate(now)
    first = _monday(offering, asked.get("hafta", ""), wish, today)
    found = _times(offering, first, chosen, nights, now)
    days = [Day(day, times, day < today) for day, times in found.items()]
    slot = next((one for day in days for one in day.slots if one.starts == wish), None)
    day = _day(days, slot, asked.get("gun", ""))
    return Choice(offering, pets, chosen, nights, first, days, slot, day, today)


def _day(days: Sequence[Day], slot: Slot | None, asked: str) -> date | None:
    """The day that was opened, or that of the chosen time, or the first on which something is free."""
    opened = next((day.on for day in days if day.on.isoformat() == asked), None)
    free = next((day.on for day in days if day.slots), None)
    return opened or (timezone.localdate(slot.starts) if slot else free)


def nearest(choice: Choice, wish: datetime | None, most: int = 3) -> list[Slot]:
    """Free times of that week nearest to the one that is gone."""
    every = [one for day in choice.days for one in day.slots]
    if wish is None:
        return every[:most]
    return sorted(sorted(every, key=lambda one: abs(one.starts - wish))[:most], key=lambda one: one.starts)


def _times(
    offering: Offering, first: date, chosen: Sequence[Pet], nights: int, now: datetime
) -> Mapping[date, list[Slot]]:
    """Free and within the permits of the business: what is shown can be taken."""
    plan, last = slots.plan(offering), first + WEEK - timedelta(days=1)
    if offering.traits.by_night:
        stays = slots.nights(plan, first, last, nights=nights, now=now)
        found = {day: [one] if one else [] for day, one in stays.items()}
    else:
        found = slots.free(plan, first, last, pets=max(1, len(chosen)), now=now)
    return permits.only_permitted(offering, found, species=[pet.species for pet in chosen], nights=nights)


def pets_for(offering: Offering, user: Any) -> list[Pet]:
    if not user.is_authenticated:
        return []
    mine = Pet.objects.kept_by(user).living().order_by("name", "pk")
    return [pet for pet in mine if not offering.species or pet.species in offering.species]


def _chosen(offering: Offering, pets: Sequence[Pet], wanted: Sequence[str]) -> list[Pet]:
    """The only animal needs no choosing."""
    if len(pets) == 1:
        return list(pets)
    return [pet for pet in pets if str(pet.public_id) in wanted][: offering.most_pets]


def pets_of(offering: Offering, user: Any, asked: QueryDict) -> list[Pet]:
    return _chosen(offering, pets_for(offering, user), asked.getlist("hayvan"))


def nights_of(offering: Offering, asked: QueryDict) -> int:
    text = asked.get("gece", "")
    number = int(text) if text.isdecimal() and len(text) < 4 else offering.least_nights
    return min(max(number, offering.least_nights), offering.most_nights)


def wish_of(asked: QueryDict) -> datetime | None:
    """The moment that was chosen; without a zone it says nothing."""
    try:
        found = parse_datetime(asked.get("saat", ""))
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None


def _monday(offering: Offering, text: str, wish: datetime | None, today: date) -> date:
    """Of the week that was asked for, within reach; else of the first in which something can be free."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        day = timezone.localdate(wish) if wish else today + timedelta(minutes=offering.notice_minutes)
    day = min(max(day, today), today + timedelta(days=offering.horizon_days))
    return day - timedelta(days=day.weekday())
