"""Bookings as calendar entries (RFC 5545): a file for one, a feed for all of a person or of a resource.

A change keeps the UID and raises SEQUENCE, so calendars move the entry instead of doubling it. The feed of
a resource names no owner and no animal: its address may end up in anybody's telephone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vCalAddress

from core import text

from .models import Booking
from .states import BLOCKING, Status

PRODID = "-//Diji.vet//randevu//TR"
KEPT = timedelta(days=92)  # how far back a feed goes


def calendar(bookings: Iterable[Booking], *, name: str, now: datetime, is_private: bool) -> bytes:
    """`is_private`: it is the customer's own, and says where and for whom."""
    made = Calendar()
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for booking in bookings:
        made.add_component(_entry(booking, now, is_private))
    return bytes(made.to_ical())


def invitation(booking: Booking, *, to: str, now: datetime) -> str:
    """For her mail program (RFC 5546): REQUEST puts it in or moves it, CANCEL takes it out."""
    made, entry = Calendar(), _entry(booking, now, is_private=True)
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    made.add("method", "REQUEST" if booking.status in BLOCKING else "CANCEL")
    entry.add("organizer", _person(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], booking.business.name))
    entry.add("attendee", _person(to, partstat="ACCEPTED", rsvp="FALSE"))
    made.add_component(entry)
    return bytes(made.to_ical()).decode()


def _person(address: str, name: str = "", **more: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    for key, value in ({"cn": text.plain(name)} if name else {} | more).items():
        person.params[key] = value
    return person


def of_feed(rows: QuerySet[Booking], now: datetime) -> QuerySet[Booking]:
    """What a feed holds: what keeps its place, and what was taken from it."""
    found = rows.filter(starts_at__gte=now - KEPT).exclude(status__in=[Status.HELD, Status.EXPIRED])
    return found.order_by("starts_at", "pk")


def _entry(booking: Booking, now: datetime, is_private: bool) -> Event:
    entry = Event()
    entry.add("uid", f"{booking.public_id}@diji.vet")
    entry.add("summary", text.plain(_summary(booking, is_private)))
    entry.add("dtstart", booking.starts_at.astimezone(UTC))
    entry.add("dtend", booking.ends_at.astimezone(UTC))
    entry.add("dtstamp", now.astimezone(UTC))
    is_over = booking.status not in BLOCKING and booking.status != Status.COMPLETED
    entry.add("sequence", booking.sequence + is_over)
    entry.add("status", _state(booking, is_over))
    if is_private:
        entry.add("location", text.plain(f"{booking.business.name}, {booking.location.address}"))
        entry.add("url", settings.BASE_URL + booking.url())
        if not is_over:
            entry.add_component(_alarm(booking))
    return entry


def _summary(booking: Booking, is_private: bool) -> str:
    if not is_private:
        return booking.title
    names = ", ".join(item.name for item in booking.items.all())
    return f"{booking.title}: {names}" if names else booking.title


def _state(booking: Booking, is_over: bool) -> str:
    if is_over:
        return "CANCELLED"
    return "TENTATIVE" if booking.status == Status.REQUESTED else "CONFIRMED"


def _alarm(booking: Booking) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Your appointment begins in three hours."))
    alarm.add("trigger", timedelta(hours=-3))
    return alarm
