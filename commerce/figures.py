"""What a seller reads about her sales: by day or week, best goods, how quick, how late, what came back.

Sales count on the day they were paid. The number of statements does not depend on the range.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate, TruncWeek
from django.utils import timezone
from oscar.core.loading import get_model

from core.days import midnight

from .parcel_queries import late
from .states import SELLERS_FAULT, ParcelStatus, Word

Line = get_model("order", "Line")
SellerOrder = get_model("order", "SellerOrder")
ZERO = Decimal(0)
_ARRIVED_LATE = Q(delivered_at__date__gt=F("promised_on"), delivered_by__in=[Word.SELLER, Word.BUYER])
BY_DAY, LONGEST, BEST = 31, 366, 10  # days shown one by one; days of a range; goods in the list


@dataclass(frozen=True)
class Range:
    """Local days, both included."""

    begin: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.begin).days + 1

    @property
    def is_by_day(self) -> bool:
        return self.days <= BY_DAY

    def of(self, rows: QuerySet[Any], field: str = "paid_at") -> QuerySet[Any]:
        begin, end = midnight(self.begin), midnight(self.end + timedelta(days=1))
        return rows.filter(**{f"{field}__gte": begin, f"{field}__lt": end})

    def starts(self) -> list[date]:
        """First days of the bars."""
        if self.is_by_day:
            return [self.begin + timedelta(days=number) for number in range(self.days)]
        monday = self.begin - timedelta(days=self.begin.weekday())
        return [monday + timedelta(weeks=number) for number in range((self.end - monday).days // 7 + 1)]


@dataclass(frozen=True)
class Bar:
    """`x`, `y`, `width` and `height` in hundredths of the chart."""

    start: date
    number: int
    sold: Decimal
    back: Decimal
    x: str = ""
    width: str = ""
    y: str = ""
    height: str = ""


@dataclass(frozen=True)
class Sums:
    """Shares in hundredths; None where nothing can be counted yet."""

    number: int
    sold: Decimal
    back: Decimal
    cancelled: int
    sent: int
    late: int
    pieces: int
    returned: int
    took: timedelta | None

    @property
    def late_share(self) -> Decimal | None:
        return _share(self.late, self.number - self.cancelled)

    @property
    def returns_share(self) -> Decimal | None:
        return _share(self.returned, self.pieces)

    @property
    def cancelled_share(self) -> Decimal | None:
        return _share(self.cancelled, self.number)

    @property
    def average(self) -> Decimal | None:
        return round(self.sold / self.number, 2) if self.number else None


def _share(part: int, whole: int) -> Decimal | None:
    return round(Decimal(part) * 100 / whole, 1) if whole > 0 else None


def sums(business: Any, days: Range, *, now: datetime) -> Sums:
    """Two statements: one over parcels, one over their lines."""
    took = ExpressionWrapper(F("shipped_at") - F("paid_at"), output_field=DurationField())
    was_late = Q(shipped_at__gt=F("ship_by")) | late(now) | _ARRIVED_LATE
    found = _paid(business, days).aggregate(
        number=Count("pk"),
        sold=Sum("total", default=ZERO),
        back=Sum("refunded", default=ZERO),
        cancelled=Count("pk", filter=Q(cancel_reason__in=SELLERS_FAULT)),
        sent=Count("pk", filter=Q(shipped_at__isnull=False)),
        late=Count("pk", filter=was_late),
        took=Avg(took, filter=Q(shipped_at__isnull=False)),
    )
    pieces = _lines(business, days).aggregate(
        pieces=Sum(F("quantity") - F("cancelled"), default=0), returned=Sum("returned", default=0)
    )
    return Sums(**found, **pieces)


def bars(business: Any, days: Range) -> list[Bar]:
    """With empty ones, so that the line of days has no gaps."""
    trunc = TruncDate("paid_at") if days.is_by_day else TruncWeek("paid_at")
    rows: Any = _paid(business, days).annotate(start=trunc).values("start")
    rows = rows.annotate(number=Count("pk"), sold=Sum("total"), back=Sum("refunded"))
    found = {_day(row["start"]): row for row in rows}
    return _drawn([_bar(start, found.get(start)) for start in days.starts()])


def best(business: Any, days: Range) -> list[dict[str, Any]]:
    """Goods by what they brought. A title that changed is two goods, as on the papers."""
    rows = _lines(business, days).values("title", "product_id")
    rows = rows.annotate(
        pieces=Sum(F("quantity") - F("cancelled")), sold=Sum("line_price_incl_tax"), back=Sum("returned")
    )
    return list(rows.order_by("-sold", "title")[:BEST])


def _paid(business: Any, days: Range) -> QuerySet[Any]:
    return days.of(SellerOrder.objects.filter(business=business)).order_by()


def _lines(business: Any, days: Range) -> QuerySet[Any]:
    rows = Line.objects.filter(parcel__business=business)
    return days.of(rows.exclude(parcel__status=ParcelStatus.CANCELLED), "parcel__paid_at").order_by()


def _day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _bar(start: date, row: dict[str, Any] | None) -> Bar:
    return Bar(start, row["number"], row["sold"], row["back"]) if row else Bar(start, 0, ZERO, ZERO)


def _drawn(found: list[Bar]) -> list[Bar]:
    top, step = max([bar.sold for bar in found] + [Decimal(1)]), Decimal(100) / len(found)
    return [_placed(bar, number * step, step, top) for number, bar in enumerate(found)]


def _placed(bar: Bar, x: Decimal, step: Decimal, top: Decimal) -> Bar:
    height = bar.sold * 100 / top
    places = {"x": x + step / 8, "width": step * 3 / 4, "y": 100 - height, "height": height}
    drawn = {name: str(round(value, 2)) for name, value in places.items()}
    return Bar(bar.start, bar.number, bar.sold, bar.back, **drawn)
