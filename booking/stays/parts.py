"""What a stay adds to the pages of bookings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from .. import parts
from ..kinds import Kind
from ..models import Booking
from ..states import Status
from . import leaving_days, queries

SHOWN = (Status.CONFIRMED, Status.IN_SERVICE, Status.COMPLETED)


@parts.shown(Kind.STAY, parts.OWNER, "booking/stays/_owner.html")
def of_owner(booking: Booking, *, now: datetime) -> dict[str, Any] | None:
    return _stay(booking, now)


@parts.shown(Kind.STAY, parts.DESK, "booking/stays/_desk.html")
def of_desk(booking: Booking, *, now: datetime) -> dict[str, Any] | None:
    return _stay(booking, now)


def _stay(booking: Booking, now: datetime) -> dict[str, Any] | None:
    if booking.status not in SHOWN:
        return None
    reports = queries.reports_of(booking)
    return {
        "booking": booking,
        "reports": reports,
        "is_here": booking.status == Status.IN_SERVICE,
        "has_today": bool(reports) and reports[0].day == timezone.localdate(now),
        "changes": queries.changes_of(booking),
        "wish": queries.wish_of(booking),
        "may_change": booking.status in leaving_days.CHANGEABLE and not booking.earned_at,
    }
