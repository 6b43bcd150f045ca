"""Reads of what a person has ordered."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet, Sum
from oscar.core.loading import get_model

Order = get_model("order", "Order")
SellerOrder = get_model("order", "SellerOrder")


def orders_of(user: Any) -> QuerySet:
    """Newest first, with the number of goods in each."""
    return (
        Order.objects.filter(user=user).annotate(goods=Sum("lines__quantity")).order_by("-date_placed", "-pk")
    )


def parcels_of_order() -> Prefetch:
    """In their places, with all that `commerce/_parcel.html` shows."""
    rows = SellerOrder.objects.select_related("business", "talk").order_by("position")
    return Prefetch("parcels", rows)


def details_of(user: Any) -> QuerySet:
    rows = Order.objects.filter(user=user).select_related("shipping_address")
    return rows.prefetch_related("lines__product", "lines__partner", parcels_of_order())
