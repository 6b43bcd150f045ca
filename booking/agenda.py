"""What a branch has on some days: bookings, absences, working hours. The same number of queries for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.days import midnight
from teams.models import Location

from . import calendars
from .calendars import Working
from .kinds import Kind
from .models import Absence, Booking, Resource
from .queries import bookings_with
from .states import BLOCKING, Status

SHOWN = BLOCKING | {Status.COMPLETED, Status.NO_SHOW}
LONGEST_STAY = timedelta(days=366)


@dataclass(frozen=True)
class State:
    """A booking as the business sees it."""

    code: str
    label: Any
    icon: str
    tone: str = ""


STATES = {
    Status.HELD: State("held", _("Kept while she pays"), "lock"),
    Status.REQUESTED: State("requested", _("Waits for your answer"), "clock", "warn"),
    Status.CONFIRMED: State("confirmed", _("Confirmed"), "check", "ok"),
    Status.IN_SERVICE: State("inside", _("Being looked after"), "door-open", "own"),
    Status.COMPLETED: State("done", _("Done"), "circle-check"),
    Status.NO_SHOW: State("missed", _("Did not come"), "ban", "bad"),
    Status.CANCELLED: State("cancelled", _("Cancelled"), "x"),
    Status.DECLINED: State("declined", _("Declined"), "x"),
    Status.EXPIRED: State("expired", _("Not taken in time"), "hourglass"),
}
WAITING = State("waiting", _("Has arrived"), "user-check", "info")


def state_of(booking: Booking) -> State:
    is_waiting = booking.status == Status.IN_SERVICE and not booking.taken_in_at
    return WAITING if is_waiting else STATES[Status(booking.status)]


@dataclass(frozen=True)
class Entry:
    """A booking with what it stands on, or an absence."""

    starts: datetime
    ends: datetime
    resources: tuple[Resource, ...]
    booking: Booking | None = None
    absence: Absence | None = None

    @property
    def state(self) -> State | None:
        return state_of(self.booking) if self.booking else None

    @property
    def animals(self) -> str:
        return animals_of(self.booking) if self.booking else ""

    @property
    def is_fixed(self) -> bool:
        """Cannot be dragged elsewhere."""
        return not self.booking or self.booking.status not in (Status.REQUESTED, Status.CONFIRMED)

    @property
    def minutes(self) -> int:
        return int((self.ends - self.starts).total_seconds() // 60)


def animals_of(booking: Booking) -> str:
    return ", ".join(item.name for item in booking.items.all())


def when(booking: Booking) -> str:
    return date_format(timezone.localtime(booking.starts_at), "j F l H:i")


@dataclass(frozen=True)
class Agenda:
    first: date
    last: date
    now: datetime
    resources: Sequence[Resource]
    entries: Sequence[Entry]
    working: Working

    @cached_property
    def bookings(self) -> list[Entry]:
        return [one for one in self.entries if one.booking]

    def on(self, day: date) -> list[Entry]:
        begin, end = midnight(day), midnight(day + timedelta(days=1))
        return [one for one in self.entries if one.starts < end and one.ends > begin]

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


def read(
    location: Location, first: date, last: date, *, now: datetime, only: Resource | None = None
) -> Agenda:
    """Of one branch, or of one of its resources."""
    begin, end = midnight(first), midnight(last + timedelta(days=1))
    bookings = list(_bookings(location, begin, end))
    absences = list(_absences(location, begin, end))
    used = {claim.resource_id for one in bookings for claim in one.claims.all()}
    rows = Resource.objects.filter(location=location).filter(Q(is_active=True) | Q(pk__in=used))
    resources = [one for one in rows.select_related("membership__user") if only is None or one.pk == only.pk]
    entries = [*_entries(bookings, resources), *_away(absences, resources)]
    edge = timedelta(days=1)
    working = calendars.working(location, [one.pk for one in resources], first - edge, last + edge)
    return Agenda(first, last, now, resources, sorted(entries, key=lambda one: one.starts), working)


def _bookings(location: Location, begin: datetime, end: datetime) -> Any:
    """Only stays last so long that they have to be looked for far back."""
    near = Q(starts_at__gte=begin - timedelta(days=1)) | Q(
        kind=Kind.STAY, starts_at__gte=begin - LONGEST_STAY
    )
    rows = bookings_with(location.business_id).filter(near, location=location, status__in=SHOWN)
    rows = rows.filter(starts_at__lt=end, ends_at__gt=begin)
    return rows.prefetch_related("claims").order_by("starts_at", "pk")


def _absences(location: Location, begin: datetime, end: datetime) -> Any:
    during = (begin, end)
    return Absence.objects.filter(resource__location=location, during__overlap=during).order_by("during")


def _entries(bookings: Iterable[Booking], resources: Sequence[Resource]) -> Iterable[Entry]:
    known = {one.pk: one for one in resources}
    for one in bookings:
        stands = tuple(known[pk] for pk in sorted({c.resource_id for c in one.claims.all()}) if pk in known)
        if stands:
            yield Entry(
                timezone.localtime(one.starts_at), timezone.localtime(one.ends_at), stands, booking=one
            )


def _away(absences: Iterable[Absence], resources: Sequence[Resource]) -> Iterable[Entry]:
    known = {one.pk: one for one in resources}
    for one in absences:
        if one.resource_id in known:
            starts, ends = timezone.localtime(one.during.lower), timezone.localtime(one.during.upper)
            yield Entry(starts, ends, (known[one.resource_id],), absence=one)
