"""What happened to a booking, from the journal, in words for the business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.models import Line

from . import events
from .models import Booking

WORDS: dict[str, Any] = {  # kinds add their own
    events.HELD: gettext_lazy("Kept while she pays"),
    events.REQUESTED: gettext_lazy("Asked for"),
    events.CONFIRMED: gettext_lazy("Confirmed"),
    events.DECLINED: gettext_lazy("Declined"),
    events.EXPIRED: gettext_lazy("Not taken in time"),
    events.CANCELLED: gettext_lazy("Cancelled"),
    events.MOVED: gettext_lazy("Moved"),
    events.REASSIGNED: gettext_lazy("Given to somebody else, or another room"),
    events.COMING: gettext_lazy("Says that she comes"),
    events.ARRIVED: gettext_lazy("Has arrived"),
    events.TAKEN_IN: gettext_lazy("Taken in"),
    events.COMPLETED: gettext_lazy("Done"),
    events.MISSED: gettext_lazy("Did not come"),
    events.REOPENED: gettext_lazy("Last step taken back"),
    events.LATE_MONEY: gettext_lazy("Paid too late; the money went back"),
}
LONGEST = 100


@dataclass(frozen=True)
class Step:
    at: datetime
    what: Any
    who: str
    note: str = ""


def of(booking: Booking) -> list[Step]:
    """The latest first. One query."""
    kind = ContentType.objects.get_for_model(Booking)
    rows = Line.objects.filter(subject_type=kind, subject_id=str(booking.pk), name__in=WORDS)
    rows = rows.select_related("actor").order_by("-at", "-pk")[:LONGEST]
    return [Step(row.at, WORDS[row.name], _who(row, booking), _note(row)) for row in rows]


def _who(row: Any, booking: Booking) -> str:
    if row.actor is None:
        return _("by itself")
    is_customer = row.actor_id == booking.customer_id
    return _("the customer") if is_customer else row.actor.get_full_name()


def _note(row: Any) -> str:
    if row.name == events.MOVED:
        start, end = (parse_datetime(row.data.get(name) or "") for name in ("from", "to"))
        return f"{_short(start)} → {_short(end)}" if start and end else ""
    return _("at the desk") if row.data.get("walk_in") else str(row.data.get("note", ""))


def _short(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F H:i")
