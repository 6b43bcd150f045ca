"""Reads of this room. They start at the person or the business, so a stranger's booking is not found."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from .models import Booking


def bookings_of(user: Any) -> QuerySet[Booking]:
    rows = Booking.objects.filter(customer=user)
    return rows.select_related("business", "location", "offering").prefetch_related("items__pet")


def bookings_with(business: Any) -> QuerySet[Booking]:
    rows = Booking.objects.filter(business=business)
    return rows.select_related("customer", "location", "offering").prefetch_related("items__pet")


def bookings_on(resource: Any) -> QuerySet[Booking]:
    """What takes its time."""
    rows = Booking.objects.filter(claims__resource=resource, claims__blocking=True).distinct()
    return rows.select_related("business", "location", "offering")
