"""What a course adds to the pages of bookings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .. import parts, picking, queries
from ..kinds import TRAITS
from ..models import Booking, Offering
from ..states import Status
from .errors import IsCourse
from .models import Course

KINDS = [kind for kind, traits in TRAITS.items() if traits.in_courses]


def is_course(offering: Offering, *, now: datetime) -> None:
    if Course.objects.filter(offering=offering.pk).exists():
        raise IsCourse


def of_offering(offering: Offering, *, now: datetime) -> dict[str, Any] | None:
    course = picking.course_of(offering)
    return {"course": course, "singles": course.singles(1)} if course else None


def of_sessions(booking: Booking, *, now: datetime) -> dict[str, Any] | None:
    if not booking.is_of_several:
        return None
    rows = list(queries.together(booking).order_by("starts_at", "pk"))
    ahead = [one for one in rows if one.status == Status.CONFIRMED and one.starts_at > now]
    return {"booking": booking, "rows": rows, "ahead": len(ahead), "is_held": booking.status == Status.HELD}


for _kind in KINDS:
    parts.before(_kind, parts.HOLD)(is_course)
    parts.shown(_kind, parts.OFFERING, "booking/series/_offering.html")(of_offering)
    parts.shown(_kind, parts.OWNER, "booking/series/_owner.html")(of_sessions)
    parts.shown(_kind, parts.DESK, "booking/series/_desk.html")(of_sessions)
