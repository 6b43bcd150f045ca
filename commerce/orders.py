"""Reads of what a person has ordered."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from oscar.core.loading import get_model

from finance.models import Document
from payments import queries as payments

from .order.parcels import SellerOrder
from .states import OrderStatus, ParcelStatus

Line = get_model("order", "Line")
Order = get_model("order", "Order")

ALL, WAITING, UNDER_WAY, DONE, CANCELLED = "", "odeme", "yolda", "tamam", "iptal"
ENDED = [ParcelStatus.DELIVERED, ParcelStatus.CLOSED, ParcelStatus.RETURNED, ParcelStatus.CANCELLED]
_live = Count("parcels", filter=~Q(parcels__status__in=ENDED), distinct=True)
FILTERS: dict[str, Q] = {
    ALL: Q(),
    WAITING: Q(status=OrderStatus.PENDING),
    UNDER_WAY: Q(status=OrderStatus.PAID, live__gt=0),
    DONE: Q(status=OrderStatus.PAID, live=0),
    CANCELLED: Q(status=OrderStatus.CANCELLED),
}


def orders_of(user: Any, *, state: str = ALL, words: str = "") -> QuerySet:
    """Newest first, with the number of goods in each. `words`: a number, or of a title."""
    rows = Order.objects.filter(user=user)
    if state:
        rows = rows.annotate(live=_live).filter(FILTERS.get(state, Q()))
    if words:
        titles = Line.objects.filter(order__user=user, title__icontains=words).values("order")
        rows = rows.filter(Q(number__startswith=words) | Q(pk__in=titles))
    shown = Order.objects.filter(pk__in=rows.values("pk")) if state or words else rows
    return shown.annotate(goods=Sum("lines__quantity")).order_by("-date_placed", "-pk")


def with_parcels(rows: QuerySet) -> QuerySet:
    return rows.prefetch_related(Prefetch("parcels", _parcels()))


def details_of(user: Any) -> QuerySet:
    return details(Order.objects.filter(user=user))


def details(rows: QuerySet) -> QuerySet:
    """With all that the page of an order shows."""
    rows = rows.select_related("shipping_address", "user")
    lines = Line.objects.select_related("product__parent").order_by("pk")
    parcels = _parcels().select_related("business", "contract", "talk")
    parcels = parcels.prefetch_related(Prefetch("lines", lines))
    return rows.prefetch_related(Prefetch("parcels", parcels), "discounts")


def _parcels() -> QuerySet:
    return SellerOrder.objects.select_related("business").order_by("position")


def documents_of(order: Any) -> list[Document]:
    """Invoices and credit notes of all its parcels, the oldest first."""
    return payments.documents_for(list(order.parcels.all()))


def payment_of(order: Any) -> Any:
    """The latest payment of it, if there is one."""
    parcels = list(order.parcels.all())
    return payments.payments_for(parcels).prefetch_related("attempts").first() if parcels else None
