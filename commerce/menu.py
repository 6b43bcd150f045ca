"""Numbers beside the lines of a seller's menu: all of them in one statement, asked once for each page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest
from oscar.core.loading import get_model

from .goods_queries import LOW
from .models import ReturnRequest, Talk
from .return_states import ReturnStatus
from .states import BEFORE_SHIPPING

SellerOrder = get_model("order", "SellerOrder")
StockRecord = get_model("partner", "StockRecord")


def count(kind: str) -> Callable[[HttpRequest], int]:
    def number(request: HttpRequest) -> int:
        if not hasattr(request, "seller_waits"):
            request.seller_waits = waiting(request.access.business)  # type: ignore[attr-defined]
        return int(request.seller_waits.get(kind, 0))  # type: ignore[attr-defined]

    return number


def waiting(business: Any) -> dict[str, int]:
    """Parcels to prepare, talks with something unread, returns that have arrived, stock that runs short."""
    parcels = SellerOrder.objects.filter(business=business, status__in=BEFORE_SHIPPING)
    talks = Talk.objects.of_business(business).filter(unread_by_seller__gt=0)
    returns = ReturnRequest.objects.filter(business=business, status=ReturnStatus.ARRIVED)
    low = StockRecord.objects.filter(LOW, partner__business=business, archived_at=None, is_offered=True)
    first, *others = [
        _counted(kind, rows)
        for kind, rows in {"parcels": parcels, "talks": talks, "returns": returns, "low": low}.items()
    ]
    return {row["kind"]: row["number"] for row in first.union(*others, all=True)}


def _counted(kind: str, rows: QuerySet) -> QuerySet:
    return rows.order_by().values(kind=Value(kind)).annotate(number=Count("pk"))
