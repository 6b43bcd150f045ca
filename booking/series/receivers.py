"""Who is told about a course: once, when the session that leads is told about."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from core import journal
from core.models import Line
from notifications import kinds, services
from teams.receivers import holders

from .. import events as of_bookings
from .. import permissions, queries
from ..models import Booking
from ..receivers import in_lira, who_of, written
from . import events, notices


@journal.on(of_bookings.CONFIRMED)
def tell_fixed(line: Line) -> None:
    booking = _head(line)
    if booking and line.data.get("from") in ("held", "expired"):
        _tell_customer(notices.FIXED, booking, line)
        _tell_business(notices.NEW, booking, line)


@journal.on(of_bookings.LATE_MONEY)
def tell_late_money(line: Line) -> None:
    if booking := _head(line):
        due = queries.together(booking).aggregate(all=Sum("due"))["all"] or Decimal(0)
        _tell_customer(notices.LATE_MONEY, booking, line, amount=kinds.words(in_lira(str(due))))


@journal.on(events.REST_CANCELLED)
def tell_rest(line: Line) -> None:
    if booking := _head(line):
        facts = {"amount": kinds.words(in_lira(line.data["amount"])), "sessions": str(line.data["sessions"])}
        _tell_customer(notices.REST_CANCELLED_BY_ME, booking, line, **facts)
        _tell_business(notices.REST_LEFT, booking, line, **facts)


def _head(line: Line) -> Booking | None:
    found = line.subject
    return found if isinstance(found, Booking) and found.is_of_several and not found.head_id else None


def _tell_customer(code: str, booking: Booking, line: Line, **more: Any) -> None:
    if booking.customer:
        facts, url = _facts(booking) | more, booking.url()
        services.notify(code, to=booking.customer, key=str(line.pk), data=facts, url=url, now=timezone.now())


def _tell_business(code: str, booking: Booking, line: Line, **more: Any) -> None:
    services.notify(
        code,
        to=holders(booking.business, permissions.CALENDAR),
        key=str(line.pk),
        data=_facts(booking) | more,
        url=reverse("business_booking", args=[booking.business.slug, booking.public_id]),
        now=timezone.now(),
    )


def _facts(booking: Booking) -> dict[str, Any]:
    """For words in each reader's language."""
    return {
        "booking": booking.pk,
        "business": booking.business.name,
        "what": booking.title,
        "who": who_of(booking),
        "sessions": str(booking.places),
        "when": kinds.words(written(booking.starts_at)),
    }
