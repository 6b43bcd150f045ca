"""Who is told about a stay."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.text import Truncator

from core import journal, money
from core.models import Line
from notifications import kinds, services
from teams.receivers import holders

from .. import permissions
from ..models import Booking
from ..states import By
from . import events, notices
from .models import Report

EXCERPT = 240


@journal.on(events.REPORTED)
def tell_report(line: Line) -> None:
    """Once a day: what is written anew is on the page."""
    report = Report.objects.filter(pk=line.data["report"]).first()
    if report and (booking := _booking(line)):
        _tell_customer(notices.REPORT, booking, line, text=Truncator(report.text).chars(EXCERPT))


@journal.on(events.SHORTENED, events.EXTENDED)
def tell_leaving(line: Line) -> None:
    """The other side."""
    booking, is_shorter = _booking(line), line.name == events.SHORTENED
    if booking is None:
        return
    if line.data["by"] == By.CUSTOMER:
        _tell_business(notices.LEAVES_EARLIER if is_shorter else notices.STAYS_LONGER, booking, line)
    else:
        amount = line.data["back" if is_shorter else "amount"]
        code = notices.SHORTENED if is_shorter else notices.EXTENDED
        _tell_customer(code, booking, line, amount=kinds.words(_lira(amount)))


@journal.on(events.GAVE_BACK)
def tell_given_back(line: Line) -> None:
    if booking := _booking(line):
        _tell_customer(notices.GAVE_BACK, booking, line)


@journal.on(events.WISH_DECLINED)
def tell_declined(line: Line) -> None:
    if booking := _booking(line):
        _tell_customer(notices.DECLINED, booking, line)


@journal.on(events.WISHED)
def tell_wish(line: Line) -> None:
    if booking := _booking(line):
        _tell_business(notices.WISHED, booking, line)


def _booking(line: Line) -> Booking | None:
    return line.subject if isinstance(line.subject, Booking) else None


def _tell_customer(code: str, booking: Booking, line: Line, **more: Any) -> None:
    if booking.customer:
        facts, url = _facts(booking, line) | more, booking.url()
        services.notify(code, to=booking.customer, key=str(line.pk), data=facts, url=url, now=timezone.now())


def _tell_business(code: str, booking: Booking, line: Line) -> None:
    services.notify(
        code,
        to=holders(booking.business, permissions.CALENDAR),
        key=str(line.pk),
        data=_facts(booking, line),
        url=reverse("business_booking", args=[booking.business.slug, booking.public_id]),
        now=timezone.now(),
    )


def _facts(booking: Booking, line: Line) -> dict[str, Any]:
    """For words in each reader's language."""
    amount, after = line.data.get("amount"), parse_datetime(line.data.get("after") or "")
    return {
        "business": booking.business.name,
        "animals": ", ".join(booking.items.order_by("pk").values_list("name", flat=True)),
        "when": kinds.words(_moment(after or booking.ends_at)),
        "amount": kinds.words(_lira(amount)) if amount else "",
    }


def _written(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F l H:i")


_moment = lazy(_written, str)
_lira = lazy(lambda amount: money.display(money.lira(amount)), str)
