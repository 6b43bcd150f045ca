"""What a business reads about its bookings: by week, how full, who did not come, what it brought.

Bookings count in the week they begin. The number of statements does not depend on the range.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone

from core.days import midnight

from . import calendars
from .kinds import ResourceKind
from .models import Booking, Claim, Resource
from .states import BLOCKING, Status

ZERO = Decimal(0)
WEEKS = (4, 12, 26, 52)
TOOK_PLACE = (Status.CONFIRMED, Status.IN_SERVICE, Status.COMPLETED)
BEST = 10


@dataclass(frozen=True)
class Range:
    """Whole weeks: from a Monday to a Sunday, both included."""

    begin: date
    weeks: int

    @property
    def end(self) -> date:
        return self.begin + timedelta(days=7 * self.weeks - 1)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        return midnight(self.begin), midnight(self.end + timedelta(days=1))

    def starts(self) -> list[date]:
        return [self.begin + timedelta(weeks=number) for number in range(self.weeks)]


def last_weeks(weeks: int, today: date) -> Range:
    """With the week that runs now."""
    monday = today - timedelta(days=today.weekday())
    return Range(monday - timedelta(weeks=weeks - 1), weeks)


@dataclass(frozen=True)
class Sums:
    """Shares in hundredths; None where nothing can be counted yet."""

    number: int
    missed: int
    cancelled: int
    by_us: int
    earned: Decimal
    back: Decimal
    at_place: Decimal
    occupied: Decimal | None

    @property
    def missed_share(self) -> Decimal | None:
        return _share(self.missed, self.number + self.missed)

    @property
    def cancelled_share(self) -> Decimal | None:
        return _share(self.cancelled, self.number + self.missed + self.cancelled)


@dataclass(frozen=True)
class Bar:
    """`x`, `y`, `width` and `height` in hundredths of the chart."""

    start: date
    number: int
    missed: int
    cancelled: int
    earned: Decimal
    x: str = ""
    width: str = ""
    y: str = ""
    height: str = ""


def _counts() -> dict[str, Any]:
    return {
        "number": Count("pk", filter=Q(status__in=TOOK_PLACE)),
        "missed": Count("pk", filter=Q(status=Status.NO_SHOW)),
        "cancelled": Count("pk", filter=Q(status=Status.CANCELLED)),
        "earned": Sum(F("paid") - F("refunded"), default=ZERO),
    }


def sums(rows: QuerySet[Booking], resources: QuerySet[Resource], days: Range) -> Sums:
    mine = _within(rows, days)
    found = mine.aggregate(
        **_counts(),
        by_us=Count("pk", filter=Q(status=Status.CANCELLED, ended_by="provider")),
        back=Sum("refunded", default=ZERO),
        at_place=Sum(F("price") - F("due"), filter=Q(status__in=TOOK_PLACE), default=ZERO),
    )
    return Sums(**found, occupied=occupancy(resources, days))


def bars(rows: QuerySet[Booking], days: Range) -> list[Bar]:
    """With empty ones, so that the line of weeks has no gaps. The chart draws bookings."""
    by: Any = _within(rows, days).annotate(week=TruncWeek("starts_at")).values("week").annotate(**_counts())
    found = {timezone.localtime(row.pop("week")).date(): row for row in by}
    empty = {"number": 0, "missed": 0, "cancelled": 0, "earned": ZERO}
    return _drawn([Bar(start, **found.get(start, empty)) for start in days.starts()])


def best(rows: QuerySet[Booking], days: Range) -> list[dict[str, Any]]:
    """Services by how often they were booked."""
    by: Any = _within(rows, days).filter(status__in=TOOK_PLACE).values("title")
    by = by.annotate(number=Count("pk"), earned=Sum(F("paid") - F("refunded"), default=ZERO))
    return list(by.order_by("-number", "title")[:BEST])


def occupancy(resources: QuerySet[Resource], days: Range) -> Decimal | None:
    """Booked time of the time that could be booked, each lane counted. A query for each branch, and two."""
    rows = list(resources.filter(is_active=True).select_related("location__business"))
    there = 0
    for place in {one.location for one in rows}:
        mine = [one for one in rows if one.location_id == place.pk]
        there += _seconds(place, mine, days)
    return _share(_booked(rows, days), there)


def _seconds(place: Any, mine: list[Resource], days: Range) -> int:
    """A kennel is there day and night, the rest while it works."""
    working = calendars.working(place, [one.pk for one in mine], days.begin, days.end)
    every = [days.begin + timedelta(days=number) for number in range(7 * days.weeks)]
    whole = 24 * 3600 * len(every)
    return sum(
        one.capacity * (whole if one.kind == ResourceKind.KENNEL else _worked(working, one.pk, every))
        for one in mine
    )


def _worked(working: calendars.Working, pk: int, every: list[date]) -> int:
    return sum(stop - start for day in every for start, stop in working.of(pk, day))


def _booked(rows: list[Resource], days: Range) -> int:
    begin, end = days.bounds
    claims = Claim.objects.filter(resource__in=rows, during__overlap=(begin, end))
    claims = claims.filter(booking__status__in=BLOCKING | {Status.COMPLETED})
    spans = claims.values_list("booking__starts_at", "booking__ends_at")
    return sum(int((min(stop, end) - max(start, begin)).total_seconds()) for start, stop in spans)


def _within(rows: QuerySet[Booking], days: Range) -> QuerySet[Booking]:
    begin, end = days.bounds
    return (
        rows.filter(starts_at__gte=begin, starts_at__lt=end)
        .select_related(None)
        .prefetch_related(None)
        .order_by()
    )


def _share(part: int, whole: int) -> Decimal | None:
    return round(Decimal(part) * 100 / whole, 1) if whole > 0 else None


def _drawn(found: list[Bar]) -> list[Bar]:
    top, step = max([bar.number for bar in found] + [1]), Decimal(100) / len(found)
    return [_placed(bar, number * step, step, Decimal(top)) for number, bar in enumerate(found)]


def _placed(bar: Bar, x: Decimal, step: Decimal, top: Decimal) -> Bar:
    height = bar.number * 100 / top
    places = {"x": x + step / 8, "width": step * 3 / 4, "y": 100 - height, "height": height}
    drawn = {name: str(round(value, 2)) for name, value in places.items()}
    return Bar(bar.start, bar.number, bar.missed, bar.cancelled, bar.earned, **drawn)
