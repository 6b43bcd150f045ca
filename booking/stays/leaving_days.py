"""On which days a stay may end instead, and what that costs: for the page, read without a lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.utils import timezone

from core import money

from .. import calendars, permits, policies, slots
from ..models import Booking
from ..services import claiming, rearranging
from ..states import By, Status
from . import rules

CHANGEABLE = (Status.CONFIRMED, Status.IN_SERVICE)


@dataclass(frozen=True)
class Day:
    """`nights` more (or fewer, below zero) than now. `back`: what goes back for sure; `at_most`: what may."""

    on: date
    ends_at: datetime
    nights: int
    amount: Decimal
    back: Decimal = Decimal(0)
    at_most: Decimal = Decimal(0)
    is_other_room: bool = False

    @property
    def is_earlier(self) -> bool:
        return self.nights < 0


def ends_on(booking: Booking, day: date) -> datetime:
    return datetime.fromtimestamp(calendars.moment(day, booking.offering.leave_by), UTC)


def leaves_on(booking: Booking) -> date:
    return timezone.localdate(booking.ends_at)


def earlier(booking: Booking, day: date, *, role: By, now: datetime) -> Day:
    """What it would be to leave on this earlier day. Fewer nights at the price they were booked at."""
    unused = (leaves_on(booking) - day).days
    amount = money.lira(booking.price * unused / max(booking.nights, 1))
    most = min(amount, booking.price - booking.due + booking.paid - booking.refunded)
    percent = policies.percent_at(booking.policy, booking.starts_at, now) if role == By.CUSTOMER else 0
    back = min(most, money.lira(amount * percent / 100))
    return Day(day, ends_on(booking, day), -unused, amount, back, most)


def later(booking: Booking, day: date, *, is_other_room: bool = False) -> Day:
    """More nights at the price of today."""
    more = (day - leaves_on(booking)).days
    amount = booking.offering.price_of(max(1, len(booking.items.all())), more)
    return Day(day, ends_on(booking, day), more, amount, is_other_room=is_other_room)


def is_earlier_day(booking: Booking, day: date, *, role: By, now: datetime) -> bool:
    """After the arrival, before the day of now, and not over; a business may also say “today”."""
    is_between = timezone.localdate(booking.starts_at) < day < leaves_on(booking)
    is_today = role != By.CUSTOMER and day == timezone.localdate(now)
    return is_between and (is_today or ends_on(booking, day) > now)


def possible(booking: Booking, *, role: By, now: datetime) -> list[Day]:
    """All days that may be chosen, the first first. The same number of queries for each stay."""
    if booking.status not in CHANGEABLE:
        return []
    prefetch_related_objects([booking], "items")
    first, last = timezone.localdate(booking.starts_at), leaves_on(booking)
    days = [first + timedelta(days=number) for number in range(1, (last - first).days)]
    fewer = [
        earlier(booking, day, role=role, now=now)
        for day in days
        if is_earlier_day(booking, day, role=role, now=now)
    ]
    return [*fewer, *_later_days(booking, role, now)]


def _later_days(booking: Booking, role: By, now: datetime) -> list[Day]:
    """Night by night, until one has no room. A customer also needs somebody who hands her animal over."""
    offering, last, own = booking.offering, leaves_on(booking), current(booking)
    most = rules.MORE_NIGHTS
    if role == By.CUSTOMER:
        most = min(most, offering.most_nights - booking.nights)
    species = [one.species for one in booking.items.all()]
    most = permits.nights_covered(offering, species, last, max(most, 0)) if own else 0
    plan = rearranging.preferring(offering, own)
    wanted = claiming.read(plan, booking.ends_at, ends_on(booking, last + timedelta(days=max(most, 1))))
    table = _table(booking, wanted)
    found = []
    for number in range(1, most + 1):
        day = last + timedelta(days=number)
        chosen = _free(wanted, table, ends_on(booking, day))
        if chosen is None:
            break
        if role != By.CUSTOMER or wanted.working.branch(day):
            found.append(later(booking, day, is_other_room=set(chosen) != set(own)))
    return found


def _table(booking: Booking, wanted: claiming.Wanted) -> slots.Timetable:
    during = wanted.during
    busy = calendars.busy(wanted.plan.resources, during.lower, during.upper)
    own = set(booking.claims.values_list("pk", flat=True))
    day = timezone.localdate(wanted.starts_at)
    return slots.timetable(wanted.plan, wanted.working, claiming.without(busy, own), day)


def _free(wanted: claiming.Wanted, table: slots.Timetable, ends_at: datetime) -> list[int] | None:
    return slots.choose(wanted.plan, table, int(wanted.starts_at.timestamp()), int(ends_at.timestamp()))


def current(booking: Booking) -> list[int]:
    """Resources on which its last night stands, in the order of its needs."""
    rows = list(booking.claims.filter(blocking=True).order_by("pk"))
    end = max((row.during.upper for row in rows), default=None)
    return [row.resource_id for row in rows if row.during.upper == end]
