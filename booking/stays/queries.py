"""Reads of stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from ..kinds import Kind
from ..models import Booking
from ..states import Status
from .models import LeavingChange, LeavingWish, Report


def reports_due(stays: QuerySet[Booking], *, now: datetime) -> QuerySet[Booking]:
    """Of these, the stays that are under way and have no report of today; the first to leave on top."""
    written = Report.objects.filter(booking=OuterRef("pk"), day=timezone.localdate(now))
    rows = stays.filter(~Exists(written), kind=Kind.STAY, status=Status.IN_SERVICE)
    return rows.order_by("ends_at", "pk")


def reports_of(booking: Booking) -> list[Report]:
    """The newest first, with their pictures: two queries."""
    return list(booking.reports.prefetch_related("photos").order_by("-day"))  # type: ignore[attr-defined]


def changes_of(booking: Booking) -> list[LeavingChange]:
    return list(LeavingChange.objects.filter(booking=booking))


def wish_of(booking: Booking) -> LeavingWish | None:
    return LeavingWish.objects.filter(booking=booking).first()


def to_answer(stays: QuerySet[Booking]) -> QuerySet[Booking]:
    """Where somebody waits for a word about her day of leaving."""
    wished = LeavingWish.objects.filter(booking=OuterRef("pk"))
    open_changes = LeavingChange.objects.filter(booking=OuterRef("pk"), is_decided=False)
    rows: Any = stays.filter(Exists(wished) | Exists(open_changes), kind=Kind.STAY, earned_at=None)
    return rows.order_by("ends_at", "pk")
