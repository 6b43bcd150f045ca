"""Reads of the waiting list. They start at the person or the business."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from .models import Entry
from .states import ACTIVE, Status

SHOWN = 28  # days of the page of a business


def waits_of(user: Any) -> QuerySet[Entry]:
    """What waits or is offered first, then what is over, the latest on top."""
    order = Case(
        When(status=Status.OFFERED, then=Value(0)),
        When(status=Status.WAITING, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = Entry.objects.filter(customer=user).select_related("offering__business", "offering__location")
    return rows.select_related("booking").prefetch_related("pets").order_by(order, "-made_at", "-pk")


def open_waits_of(user: Any) -> QuerySet[Entry]:
    return waits_of(user).filter(status__in=ACTIVE)


def waiting_at(business: Any) -> QuerySet[Entry]:
    """In their order."""
    rows = Entry.objects.filter(business=business, status=Status.WAITING)
    return rows.order_by("made_at", "pk")


def waiting_between(business: Any, first: date, last: date) -> QuerySet[Entry]:
    return waiting_at(business).filter(first__lte=last, last__gte=first)


@dataclass(frozen=True)
class Day:
    on: date
    entries: Sequence[Entry]


def by_day(rows: QuerySet[Entry], today: date) -> list[Day]:
    """The days from today on for which somebody waits. Two queries."""
    found = list(rows.select_related("customer", "offering__location").prefetch_related("pets"))
    days = [today + timedelta(days=number) for number in range(SHOWN)]
    filled = (Day(day, [one for one in found if one.waits_on(day)]) for day in days)
    return [one for one in filled if one.entries]
