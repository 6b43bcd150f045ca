"""What follows when time becomes free, and what becomes of a time that was offered."""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import lazy

from booking import events as bookings
from booking.models import Booking
from core import journal
from core.models import Line
from notifications import kinds
from notifications import services as notifications

from . import events, notices, services, tasks
from .models import Entry
from .states import Status

log = logging.getLogger(__name__)


@journal.on(bookings.CONFIRMED, bookings.REQUESTED, bookings.EXPIRED, bookings.CANCELLED)
def settle(line: Line) -> None:
    """Of a booking that was offered."""
    booking = line.subject
    wait = Entry.objects.filter(booking=booking.pk).first() if isinstance(booking, Booking) else None
    if wait:
        services.settle(entry_id=wait.pk, now=timezone.now())


@journal.on(
    bookings.CANCELLED,
    bookings.EXPIRED,
    bookings.DECLINED,
    bookings.MOVED,
    bookings.REASSIGNED,
    bookings.COMPLETED,
    bookings.MISSED,
)
def hand_out_what_was_booked(line: Line) -> None:
    """The days on which it stood; of one that was moved, those from which it went."""
    booking = line.subject
    if not isinstance(booking, Booking):
        return
    was = parse_datetime(str(line.data.get("from", ""))) if line.name == bookings.MOVED else None
    start = was or booking.starts_at
    _wake(booking.business_id, _day(start), _day(start + (booking.ends_at - booking.starts_at)))


@journal.on(
    bookings.ABSENCE_REMOVED,
    bookings.SHIFTS_EDITED,
    bookings.RESOURCE_SAVED,
    bookings.FEED_REMOVED,
    bookings.OFFERING_SAVED,
    bookings.OFFERING_OPENED,
)
def hand_out_all(line: Line) -> None:
    """Whatever day it was about: the row may be gone, the business is named."""
    if business := line.data.get("business"):
        _wake(int(business))


def _wake(business_id: int, first: date | None = None, last: date | None = None) -> None:
    """After the commit; without a broker the sweeper finds it. Nobody waits: nothing to do."""
    if Entry.objects.filter(business=business_id, status=Status.WAITING).exists():
        days = {"first": str(first or ""), "last": str(last or "")}
        transaction.on_commit(lambda: _nudge(business_id, days))


def _nudge(business_id: int, days: dict[str, str]) -> None:
    try:
        tasks.hand_out.delay(business_id=business_id, **days)
    except Exception:  # every broker library has its own error for "not there"
        log.warning("broker did not take the nudge; the sweeper will", extra={"business": business_id})


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


@journal.on(events.OFFERED)
def tell_offered(line: Line) -> None:
    """Not when it is over already."""
    if (entry := _entry(line)) and entry.status == Status.OFFERED:
        _tell(notices.OFFERED, entry, line)


@journal.on(events.EXPIRED)
def tell_missed(line: Line) -> None:
    if entry := _entry(line):
        _tell(notices.MISSED, entry, line)


@journal.on(events.ENDED)
def tell_ended(line: Line) -> None:
    if entry := _entry(line):
        _tell(notices.ENDED, entry, line)


def _entry(line: Line) -> Entry | None:
    return line.subject if isinstance(line.subject, Entry) else None


def _tell(code: str, entry: Entry, line: Line) -> None:
    now, url = timezone.now(), entry.get_absolute_url()
    notifications.notify(
        code, to=entry.customer, key=str(line.pk), data=_facts(entry, line), url=url, now=now
    )


def _facts(entry: Entry, line: Line) -> dict[str, Any]:
    """For words in each reader's language."""
    booking = entry.booking
    until = line.data.get("until") or (booking and booking.until and booking.until.isoformat())
    return {
        "business": entry.business.name,
        "what": entry.offering.name,
        "days": kinds.words(lazy(lambda: entry.days, str)()),
        "when": kinds.words(_moment(booking.starts_at)) if booking else "",
        "until": kinds.words(_hour(parse_datetime(until))) if until else "",
    }


_moment = lazy(lambda at: date_format(timezone.localtime(at), "j F l H:i"), str)
_hour = lazy(lambda at: date_format(timezone.localtime(at), "H:i"), str)
