"""What follows when a booking is made, moved or ended: who is told, once, by whoever changed it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from core import journal, money
from core.models import Line
from notifications import kinds, services
from teams.receivers import holders

from . import events, notices, permissions
from .models import Booking
from .states import By, Status


@journal.on(events.CONFIRMED)
def tell_fixed(line: Line) -> None:
    """Both sides; a request that was accepted is no news to the business. Of several it is told once,
    by their own room."""
    booking = _booking(line)
    if booking and not booking.is_of_several:
        _tell_customer(notices.CONFIRMED, booking, line)
        if line.data.get("from") == "held" or line.data.get("from") == "expired":
            _tell_business(notices.NEW, booking, line)


@journal.on(events.REQUESTED)
def tell_requested(line: Line) -> None:
    if booking := _booking(line):
        _tell_business(notices.REQUESTED, booking, line)


@journal.on(events.DECLINED)
def tell_declined(line: Line) -> None:
    if booking := _booking(line):
        _tell_customer(notices.DECLINED, booking, line)


@journal.on(events.CANCELLED)
def tell_cancelled(line: Line) -> None:
    """The other side. A time that was only held nobody else has seen."""
    booking = _booking(line)
    if booking is None or line.data.get("status") == "held" or line.data.get("together"):
        return
    if line.data.get("by") == By.CUSTOMER:
        _tell_business(notices.LEFT, booking, line)
        _tell_customer(notices.CANCELLED_BY_ME, booking, line)
    else:
        _tell_customer(notices.CANCELLED, booking, line)


@journal.on(events.MOVED)
def tell_moved(line: Line) -> None:
    if booking := _booking(line):
        if line.data.get("by") == By.CUSTOMER:
            _tell_business(notices.MOVED_BY_CUSTOMER, booking, line)
            _tell_customer(notices.MOVED_BY_ME, booking, line)
        else:
            _tell_customer(notices.MOVED, booking, line)


@journal.on(events.LATE_MONEY)
def tell_late_money(line: Line) -> None:
    booking = _booking(line)
    if booking and not booking.is_of_several:
        _tell_customer(notices.LATE_MONEY, booking, line)


@journal.on(events.REMINDED)
def remind(line: Line) -> None:
    """Not when it was cancelled or moved meanwhile."""
    booking = _booking(line)
    if booking and booking.status == Status.CONFIRMED and booking.reminded == line.data.get("stage"):
        _tell_customer(notices.REMINDER, booking, line)


def _booking(line: Line) -> Booking | None:
    found = line.subject
    return found if isinstance(found, Booking) else None


def _tell_customer(code: str, booking: Booking, line: Line) -> None:
    if booking.customer:
        facts = _facts(booking, line.data)
        url, now = booking.url(), timezone.now()
        services.notify(code, to=booking.customer, key=str(line.pk), data=facts, url=url, now=now)


def _tell_business(code: str, booking: Booking, line: Line) -> None:
    services.notify(
        code,
        to=holders(booking.business, permissions.CALENDAR),
        key=str(line.pk),
        data=_facts(booking, line.data),
        url=reverse("business_booking", args=[booking.business.slug, booking.public_id]),
        now=timezone.now(),
    )


def _facts(booking: Booking, told: dict[str, Any]) -> dict[str, Any]:
    """For words in each reader's language."""
    before = parse_datetime(told["from"]) if told.get("to") and "T" in str(told.get("from", "")) else None
    return {
        "booking": booking.pk,
        "business": booking.business.name,
        "what": booking.title,
        "who": who_of(booking),
        "when": kinds.words(written(booking.starts_at)),
        "before": kinds.words(written(before)) if before else "",
        "until": kinds.words(written(booking.until)) if booking.until else "",
        "back": kinds.words(_back(told["amount"])) if Decimal(told.get("amount") or 0) else "",
        "amount": str(told.get("amount", "")) and kinds.words(in_lira(told["amount"])),
    }


def who_of(booking: Booking) -> str:
    animals = ", ".join(booking.items.order_by("pk").values_list("name", flat=True))
    return f"{booking.who} · {animals}" if animals else booking.who


def _written(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F l H:i")


def _goes_back(amount: str) -> str:
    return _("%(amount)s goes back the way it came.") % {"amount": money.display(money.lira(amount))}


_back = lazy(_goes_back, str)
written = lazy(_written, str)
in_lira = lazy(lambda amount: money.display(money.lira(amount)), str)
