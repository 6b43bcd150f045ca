"""What a business reads about its money: what stands where, its sales line by line, payouts by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth, TruncWeek
from django.utils import timezone

from core.days import midnight
from finance.models import Account, AccountKind, CommissionLine, Entry

from .models import Payout
from .states import PayoutStatus

ON_ITS_WAY = [PayoutStatus.DRAFT, PayoutStatus.APPROVED, PayoutStatus.SENT]
WEEKS, MONTHS = 12, 12
ZERO = Decimal(0)


@dataclass(frozen=True)
class Standing:
    reserve: Decimal
    payable: Decimal
    on_its_way: Decimal
    paid: Decimal


def standing(business: Any) -> Standing:
    """Two statements, however many sales there were: both accounts keep their balance."""
    kinds = [AccountKind.SELLER_RESERVE, AccountKind.SELLER_PAYABLE]
    rows = Account.objects.filter(business=business, kind__in=kinds, currency="TRY")
    balances = dict(rows.values_list("kind", "balance"))
    sums = Payout.objects.filter(business=business).aggregate(
        on_its_way=Sum("amount", filter=Q(status__in=ON_ITS_WAY)),
        paid=Sum("amount", filter=Q(status=PayoutStatus.PAID)),
    )
    return Standing(
        balances.get(AccountKind.SELLER_RESERVE) or ZERO,
        balances.get(AccountKind.SELLER_PAYABLE) or ZERO,
        sums["on_its_way"] or ZERO,
        sums["paid"] or ZERO,
    )


@dataclass(frozen=True)
class Period:
    """One bar of the chart; `x`, `y` and `height` in hundredths of it."""

    start: date
    sold: Decimal
    net: Decimal
    count: int
    x: str = ""
    width: str = ""
    y: str = ""
    height: str = ""


def by_period(business: Any, *, today: date, monthly: bool = False) -> list[Period]:
    """The last twelve weeks or months, with empty ones; refunds in the period in which they happened."""
    starts = _months(today) if monthly else _weeks(today)
    rows = CommissionLine.objects.filter(business=business, at__gte=midnight(starts[0])).order_by()
    trunc = TruncMonth("at") if monthly else TruncWeek("at")
    found: Any = (
        rows.annotate(start=trunc)
        .values("start")
        .annotate(sold=Sum("gross"), earned=Sum("net"), number=Count("pk", filter=Q(of=None)))
    )
    figures: dict[date, dict[str, Any]] = {timezone.localtime(row["start"]).date(): row for row in found}
    return _drawn([_period(start, figures.get(start)) for start in starts])


def _period(start: date, row: dict[str, Any] | None) -> Period:
    return Period(start, row["sold"], row["earned"], row["number"]) if row else Period(start, ZERO, ZERO, 0)


def _drawn(periods: list[Period]) -> list[Period]:
    top = max([period.net for period in periods] + [Decimal(1)])
    step = Decimal(100) / len(periods)
    return [_bar(period, number * step, step, top) for number, period in enumerate(periods)]


def _bar(period: Period, x: Decimal, step: Decimal, top: Decimal) -> Period:
    height = max(period.net, ZERO) * 100 / top
    places = {"x": x + step / 8, "width": step * 3 / 4, "y": 100 - height, "height": height}
    drawn = {name: str(round(value, 2)) for name, value in places.items()}
    return Period(period.start, period.sold, period.net, period.count, **drawn)


def _weeks(today: date) -> list[date]:
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]


def _months(today: date) -> list[date]:
    months = [today.year * 12 + today.month - 1 - back for back in range(MONTHS - 1, -1, -1)]
    return [date(number // 12, number % 12 + 1, 1) for number in months]


# --- Sales --------------------------------------------------------------------------------


def lines(
    business: Any, *, begin: date | None = None, end: date | None = None, module: str = ""
) -> QuerySet[CommissionLine]:
    """Sales and refunds of these local days, both included, the newest first."""
    rows = CommissionLine.objects.filter(business=business).order_by("-at", "-pk")
    if begin:
        rows = rows.filter(at__gte=midnight(begin))
    if end:
        rows = rows.filter(at__lt=midnight(end + timedelta(days=1)))
    return rows.filter(module=module) if module else rows


def sums(rows: QuerySet[CommissionLine]) -> dict[str, Decimal]:
    names = ("gross", "vat", "commission", "commission_vat", "withholding", "net")
    found = rows.order_by().aggregate(**{f"{name}_sum": Sum(name) for name in names})
    return {name: found[f"{name}_sum"] or ZERO for name in names}


@dataclass(frozen=True)
class Slice:
    """A page by place, not by number: it costs the same at the end of the list as at its beginning."""

    rows: list[Any]
    after: str  # empty: the last one


def page(rows: QuerySet[Any], *, after: str = "", size: int = 50, when: str = "at") -> Slice:
    """`after` is where the page before ended."""
    if place := _place(after):
        moment, pk = place
        rows = rows.filter(Q(**{f"{when}__lt": moment}) | Q(**{when: moment, "pk__lt": pk}))
    found = list(rows[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Slice(found[:size], f"{getattr(last, when).isoformat()}_{last.pk}" if last else "")


def _place(after: str) -> tuple[datetime, int] | None:
    moment, _, pk = after.rpartition("_")
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (found, int(pk)) if pk.isdecimal() and len(pk) < 19 and timezone.is_aware(found) else None


# --- Payouts ------------------------------------------------------------------------------


def payouts_of(business: Any) -> QuerySet[Payout]:
    rows = Payout.objects.filter(business=business).select_related("business", "requested_by")
    return rows.order_by("-requested_at", "-pk")


def movements(payout: Payout, *, most: int = 200) -> list[Entry]:
    """What was earned and given back between the payout before and this one: what it consists of."""
    entries = Entry.objects.filter(
        account__kind=AccountKind.SELLER_PAYABLE, account__business=payout.business
    ).select_related("txn")
    own = entries.filter(txn__key=f"payout {payout.pk} asked").first()
    if own is None:
        return []
    asked = entries.filter(txn__kind="payout_asked", pk__lt=own.pk).order_by("-pk").first()
    since = entries.filter(pk__lt=own.pk, pk__gt=asked.pk if asked else 0)
    return list(since.order_by("-pk")[:most])
