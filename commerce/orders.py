"""Reads of what a person has ordered."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Sum
from oscar.core.loading import get_model

Order = get_model("order", "Order")


def orders_of(user: Any) -> QuerySet:
    """Newest first, with the number of goods in each."""
    return (
        Order.objects.filter(user=user).annotate(goods=Sum("lines__quantity")).order_by("-date_placed", "-pk")
    )


def details_of(user: Any) -> QuerySet:
    rows = Order.objects.filter(user=user).select_related("shipping_address")
    return rows.prefetch_related("lines__product", "lines__partner")


def parcels_of(order: Any) -> list[Any]:
    """With what followed: three queries for any number of parcels."""
    rows = order.parcels.select_related("business").prefetch_related("cancellations", "returns")
    parcels = list(rows.order_by("position"))
    for parcel in parcels:
        parcel.order = order  # with its buyer, who was asked already
    return parcels
