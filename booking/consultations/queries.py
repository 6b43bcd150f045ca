"""Reads of consultations. They start at the person or the business, so a stranger's is not found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from .models import Consultation, Presence, Summary
from .states import Side

_OF = ("booking__business", "booking__location", "booking__customer", "booking__offering", "summary__author")


def of_owner(user: Any) -> QuerySet[Consultation]:
    return Consultation.objects.filter(booking__customer=user).select_related(*_OF)


def of_bookings(bookings: QuerySet[Any]) -> QuerySet[Consultation]:
    """Of the bookings somebody of a business may see."""
    return Consultation.objects.filter(booking__in=bookings).select_related(*_OF)


def of_booking(booking: Any) -> Consultation | None:
    """With its summary. None before the worker has made the room, and for guests."""
    return Consultation.objects.filter(booking=booking).select_related("summary__author", "booking").first()


def summary_of(consultation: Consultation) -> Summary | None:
    return getattr(consultation, "summary", None)


def presences_of(consultation: Consultation) -> QuerySet[Presence]:
    """Those of the time it stands at now: a moved booking begins anew."""
    return consultation.presences.filter(joined_at__gte=consultation.opens_at).select_related("user")


def was_there(consultation: Consultation, side: Side) -> bool:
    return presences_of(consultation).filter(side=side).exists()


def waited(consultation: Consultation, side: Side) -> bool:
    """Was there after the start, not only for a look before it."""
    return presences_of(consultation).filter(side=side, seen_at__gte=consultation.booking.starts_at).exists()


def inside(consultation: Consultation, now: datetime) -> dict[str, Presence]:
    """By side, those who are heard of right now. One query."""
    rows = presences_of(consultation).filter(left_at=None)
    return {row.side: row for row in rows if row.is_heard(now)}
