"""What follows: a confirmed booking gets its room, and people are told, once."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import lazy

from core import journal
from core.models import Line
from notifications import kinds
from notifications import services as notifications
from teams.receivers import holders

from .. import events as bookings
from .. import permissions
from ..kinds import Kind
from ..models import Booking, Resource
from . import events, notices, services
from .models import Consultation
from .states import LIVE


@journal.on(bookings.CONFIRMED)
def make_room(line: Line) -> None:
    booking = line.subject
    if isinstance(booking, Booking) and booking.kind == Kind.CONSULTATION:
        services.make_room(booking=booking, now=timezone.now())


@journal.on(events.OPENS_SOON)
def tell_both(line: Line) -> None:
    """Not when it was moved or cancelled meanwhile."""
    room = line.subject
    if not isinstance(room, Consultation) or room.booking.status not in LIVE:
        return
    if parse_datetime(line.data["for"]) != room.booking.starts_at:
        return
    _tell(notices.OPENS_OWNER, room, [room.booking.customer], line, owner_page(room))
    _tell(notices.OPENS_BUSINESS, room, _who_holds_it(room.booking), line, desk_page(room))


@journal.on(events.NOBODY_CAME)
def tell_nobody_came(line: Line) -> None:
    if isinstance(room := line.subject, Consultation):
        people = holders(room.booking.business, permissions.CALENDAR)
        _tell(notices.NOBODY_CAME, room, people, line, desk_page(room))


@journal.on(events.SUMMARY_SENT)
def tell_of_summary(line: Line) -> None:
    if row := line.subject:
        _tell_owner(notices.SUMMARY, row.consultation, line)


@journal.on(events.ADDENDUM_SENT)
def tell_of_addendum(line: Line) -> None:
    if row := line.subject:
        _tell_owner(notices.ADDENDUM, row.summary.consultation, line)


def owner_page(room: Consultation) -> str:
    return reverse("my_consultation", args=[room.booking.public_id])


def desk_page(room: Consultation) -> str:
    return reverse("business_consultation", args=[room.booking.business.slug, room.booking.public_id])


def _who_holds_it(booking: Booking) -> list[Any]:
    """The person it is booked on; where it is nobody's, all who run the calendar."""
    rows = Resource.objects.filter(claims__booking=booking, claims__blocking=True, membership__isnull=False)
    found = [row.membership.user for row in rows.select_related("membership__user") if row.membership]
    return found or holders(booking.business, permissions.CALENDAR)


def _tell_owner(code: str, room: Consultation, line: Line) -> None:
    url = reverse("my_consultation_summary", args=[room.booking.public_id])
    _tell(code, room, [room.booking.customer], line, url)


def _tell(code: str, room: Consultation, to: list[Any], line: Line, url: str) -> None:
    people = [one for one in to if one]
    notifications.notify(code, to=people, key=str(line.pk), data=_facts(room), url=url, now=timezone.now())


def _facts(room: Consultation) -> dict[str, Any]:
    """For words in each reader's language."""
    booking = room.booking
    animals = ", ".join(booking.items.order_by("pk").values_list("name", flat=True))
    return {
        "what": booking.title,
        "business": booking.business.name,
        "who": f"{booking.who} · {animals}",
        "animals": animals,
        "when": kinds.words(_moment(booking.starts_at)),
        "opens": kinds.words(_clock(room.opens_at)),
    }


_moment = lazy(lambda moment: date_format(timezone.localtime(moment), "j F l H:i"), str)
_clock = lazy(lambda moment: date_format(timezone.localtime(moment), "H:i"), str)
