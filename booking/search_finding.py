"""What can be booked and has a free time: candidates by one statement, their times by four for all together.

Shown is only what pressing would take: the same calendars, permits and modules that a hold asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core.text import fold
from teams.kinds import MODULES
from teams.models import ModuleSwitch
from teams.queries import Folded

from . import kinds, permits, picking, slots
from .kinds import TRAITS
from .models import Offering
from .search_asked import Asked
from .search_reading import Place
from .search_words import BOUNDS, Part
from .slots import Plan, Slot

LOOKED_AT = 100  # candidates whose times are counted for one page
MOST_BY_QUOTE = 10
PER_PAGE = 20
TIMES = 3
WINDOW = 14  # days, when none was asked for
AROUND = 10  # days before and after, when nothing is free
MOST_NEAREST = 20  # candidates that are asked for the nearest days
ONE = timedelta(days=1)
HIGHEST = 10**10  # no price has more digits


@dataclass(frozen=True)
class Hit:
    """An offering with the first of its free times. `nights`: of the stay; `animals`: at once."""

    offering: Offering
    times: list[Slot]
    nights: int
    animals: int = 1
    pets: tuple[str, ...] = ()

    @property
    def price(self) -> Decimal:
        if course := picking.course_of(self.offering):
            return course.price_of(self.animals)
        return self.offering.price_of(self.animals, max(self.nights, 1))

    @property
    def ways(self) -> list[tuple[Slot, str]]:
        """Each time with the page on which it is chosen already."""
        return [(one, self.way(one)) for one in self.times]

    def way(self, slot: Slot) -> str:
        chosen = [("hayvan", one) for one in self.pets] + ([("gece", self.nights)] if self.nights else [])
        moment = timezone.localtime(slot.starts).isoformat()
        return f"{self.offering.get_absolute_url()}?{urlencode([*chosen, ('saat', moment)])}"


@dataclass(frozen=True)
class Found:
    """`looked_at` candidates of which `unpermitted` have no permit for that day. `nearest`: days that have
    something when the day that was asked for has nothing. `farthest`: the last day that can be booked.
    `by_quote`: what has no times, but can be asked for."""

    hits: list[Hit]
    looked_at: int = 0
    unpermitted: int = 0
    is_cut: bool = False  # there are more candidates than were looked at
    after: str = ""  # where the next page begins
    nearest: list[date] = field(default_factory=list)
    farthest: date | None = None
    by_quote: list[Offering] = field(default_factory=list)


def find(asked: Asked, *, now: datetime, pets: Sequence[Any] = ()) -> Found:
    first, last = span(asked, now)
    today = timezone.localdate(now)
    if last < today:
        return Found([])
    rows = candidates(asked, limit=LOOKED_AT + 1)
    known = rows[:LOOKED_AT]
    farthest = max((today + timedelta(days=one.horizon_days) for one in known), default=None)
    if farthest is None or first > farthest:
        return Found([], looked_at=len(known), farthest=farthest)
    reader = Reader(known, asked, max(first, today), last, now)
    hits = [
        Hit(one, [slot], reader.nights_of(one), reader.animals)
        for one in known
        if (slot := reader.first(one))
    ]
    nearest = _nearest(reader, today) if not hits and asked.first else []
    page, after = _page(asked, hits, known if len(rows) > LOOKED_AT else [])
    return Found(
        hits=[_full(reader, hit, pets) for hit in page],
        looked_at=len(known),
        unpermitted=reader.unpermitted if asked.first else 0,
        is_cut=len(rows) > LOOKED_AT and not asked.sort,
        after=after,
        nearest=nearest,
        farthest=farthest,
        by_quote=[] if asked.after else reader.by_quote[:MOST_BY_QUOTE],
    )


def span(asked: Asked, now: datetime) -> tuple[date, date]:
    if asked.first:
        return asked.first, asked.last or asked.first
    today = timezone.localdate(now)
    return today, today + timedelta(days=WINDOW - 1)


def _full(reader: Reader, hit: Hit, pets: Sequence[Any]) -> Hit:
    """With all the times that are shown, and her animals chosen where no others fit."""
    asked, offering = reader.asked.species, hit.offering
    wanted = [asked] if asked else offering.species
    own = [str(pet.public_id) for pet in pets if not wanted or pet.species in wanted]
    chosen = tuple(own) if len(own) == reader.animals else ()
    return replace(hit, times=reader.times(offering, TIMES), pets=chosen)


# --- Candidates ------------------------------------------------------------------------------------


def candidates(asked: Asked, *, limit: int) -> list[Offering]:
    """Open offerings of listed businesses that fit what was asked for. One statement."""
    rows = with_module_on(picking.bookable())
    rows = _at(rows, asked.place)
    if asked.business:
        rows = rows.filter(business__slug=asked.business)
    if asked.service:
        rows = rows.filter(kind=asked.service.kind)
        if asked.service.names:
            rows = rows.alias(called=Folded("name")).filter(called__regex=rf"\m({asked.service.names})")
    if asked.species:
        rows = rows.filter(Q(species=[]) | Q(species__contains=[asked.species]))
    if asked.animals > 1:
        rows = rows.filter(most_pets__gte=asked.animals)
    if asked.name:
        rows = _called(rows, fold(asked.name).split())
    if asked.nights and asked.is_stay:
        rows = rows.filter(least_nights__lte=asked.nights, most_nights__gte=asked.nights)
    if asked.sort == "fiyat":
        return list(_behind(rows, asked.after).order_by("price", "pk")[:limit])
    return list(rows.order_by("pk")[:limit])


def with_module_on(rows: QuerySet[Offering]) -> QuerySet[Offering]:
    """Whose business has the module of its kind switched on, or has it from the start."""
    on = Q()
    for module in kinds.MODULES:
        mine = [kind for kind, traits in TRAITS.items() if traits.module == module]
        begins_with = [kind for kind, modules in MODULES.items() if module in modules]
        switch = ModuleSwitch.objects.filter(business=OuterRef("business"), module=module)
        usual = Q(business__kind__in=begins_with) & ~Exists(switch.filter(is_on=False))
        on |= Q(kind__in=mine) & (usual | Q(Exists(switch.filter(is_on=True))))
    return rows.filter(on)


def _at(rows: QuerySet[Offering], place: Place | None) -> QuerySet[Offering]:
    if place is None:
        return rows
    if place.province:
        rows = rows.filter(location__province=place.province)
    if place.district:
        rows = rows.alias(there=Folded("location__district")).filter(there=fold(place.district))
    return rows


def _called(rows: QuerySet[Offering], words: Sequence[str]) -> QuerySet[Offering]:
    """Each word stands in the name of the offering or of its business."""
    rows = rows.alias(called=Folded("name"), firm=Folded("business__name"))
    for word in words:
        rows = rows.filter(Q(called__contains=word) | Q(firm__contains=word))
    return rows


def named(words: Sequence[str]) -> list[str]:
    """Those of the words that stand in the name of something that can be booked. One statement."""
    known = [word for word in words if len(word) > 2]
    if not known:
        return []
    rows = picking.bookable().select_related(None)
    asked = {f"w{at}": Exists(_called(rows, [fold(word)])) for at, word in enumerate(known)}
    there = Offering.objects.annotate(**asked).values_list(*asked).first()
    return [word for word, is_there in zip(known, there or [False] * len(known), strict=True) if is_there]


def places() -> list[Place]:
    """Where something can be booked, for a list to choose from. One statement."""
    rows = with_module_on(picking.bookable()).exclude(location__province="")
    found = rows.order_by("location__province", "location__district").values_list(
        "location__province", "location__district"
    )
    return [Place(*one) for one in found.distinct()]


def _behind(rows: QuerySet[Offering], after: str) -> QuerySet[Offering]:
    price, _dash, pk = after.rpartition("-")
    try:
        known = Decimal(price)
    except InvalidOperation:
        return rows
    if (
        not known.is_finite()
        or abs(known) > HIGHEST
        or not (pk.isascii() and pk.isdecimal() and len(pk) < 19)
    ):
        return rows
    return rows.filter(Q(price__gt=known) | Q(price=known, pk__gt=int(pk)))


# --- Pages -----------------------------------------------------------------------------------------


def _page(asked: Asked, hits: list[Hit], cut: Sequence[Offering]) -> tuple[list[Hit], str]:
    """By price the statement begins behind the last one shown; by time the list that was counted is cut.

    `cut`: what was looked at, when there is more of it.
    """
    if asked.sort == "fiyat":
        shown = hits[:PER_PAGE]
        end = shown[-1].offering if len(hits) > PER_PAGE else cut[-1] if cut else None
        return shown, f"{end.price}-{end.pk}" if end else ""
    rows = sorted(hits, key=_rank)
    start, _dash, pk = asked.after.partition("-")
    if start.isdecimal() and pk.isdecimal() and len(asked.after) < 40:
        rows = [one for one in rows if _rank(one) > (int(start), int(pk))]
    shown = rows[:PER_PAGE]
    return shown, "-".join(map(str, _rank(shown[-1]))) if len(rows) > PER_PAGE else ""


def _rank(hit: Hit) -> tuple[int, int]:
    return int(hit.times[0].starts.timestamp()), hit.offering.pk


# --- Times -----------------------------------------------------------------------------------------


class Reader:
    """The free times of candidates on some days: plans, hours, what is taken, permits. Four statements."""

    def __init__(
        self, offerings: Sequence[Offering], asked: Asked, first: date, last: date, now: datetime
    ) -> None:
        self.offerings, self.asked, self.now = offerings, asked, now
        self.first_day, self.last_day = first, last
        self.animals = max(asked.animals, 1)
        self.permits = permits.read(offerings)
        self.plans = slots.plans(offerings)
        self.read = self.reading(self.plans.values(), first, last)
        self.bounds = BOUNDS[Part(asked.part)] if asked.part else None

    def reading(self, plans: Iterable[Plan], first: date, last: date) -> slots.Reading:
        nights = max((self.nights_of(one.offering) for one in plans), default=0)
        return slots.Reading(list(plans), first, last, now=self.now, nights=nights)

    def nights_of(self, offering: Offering) -> int:
        if not offering.traits.by_night:
            return 0
        return min(max(self.asked.nights, offering.least_nights), offering.most_nights)

    @property
    def unpermitted(self) -> int:
        """Candidates whose business may not do it on any of these days."""
        days = slots.days(self.first_day, self.last_day)
        return sum(not any(self._may(one, day) for day in days) for one in self.offerings)

    def _may(self, offering: Offering, day: date) -> bool:
        species = [self.asked.species] if self.asked.species else []
        return self.permits.allow(offering, species, day, nights=max(self.nights_of(offering), 1))

    @property
    def by_quote(self) -> list[Offering]:
        """Those whose time and price are agreed one by one, and may be asked for that day."""
        agreed = (one for one in self.offerings if one.traits.by_quote)
        return [one for one in agreed if self._may(one, self.first_day)]

    def first(self, offering: Offering) -> Slot | None:
        return next(self.every(offering), None)

    def times(self, offering: Offering, most: int) -> list[Slot]:
        return list(islice(self.every(offering), most))

    def every(self, offering: Offering) -> Iterator[Slot]:
        for day in slots.days(self.first_day, self.last_day):
            yield from self.of_day(offering, day, self.read)

    def of_day(self, offering: Offering, day: date, read: slots.Reading) -> Iterator[Slot]:
        if offering.traits.by_quote or not self._may(offering, day):
            return
        plan = self.plans[offering.pk]
        if offering.traits.by_night:
            stay = read.stay(plan, day, nights=self.nights_of(offering))
            yield from [stay] if stay else []
        else:
            yield from filter(self._fits, read.times(plan, day, pets=self.animals))

    def _fits(self, slot: Slot) -> bool:
        if self.bounds is None:
            return True
        start, end = self.bounds
        return start <= timezone.localtime(slot.starts).time() < end


def _nearest(reader: Reader, today: date) -> list[date]:
    """Up to three days around those that have nothing. Two statements more."""
    first, last, known = reader.first_day, reader.last_day, reader.offerings[:MOST_NEAREST]
    start, end = max(today, first - AROUND * ONE), last + AROUND * ONE
    read = reader.reading([reader.plans[one.pk] for one in known], start, end)
    days = sorted(slots.days(start, end), key=lambda day: (abs(day - first), day))
    others = (day for day in days if not first <= day <= last)
    has_time = (day for day in others if any(next(reader.of_day(one, day, read), None) for one in known))
    return sorted(islice(has_time, TIMES))
