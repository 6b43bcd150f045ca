"""A day that is full, and somebody who waits for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from booking.models import Booking, Offering
from booking.waitlist import services
from booking.waitlist.models import Entry
from tests.factories import booking as make
from tests.factories import pets


def small(business: Any, day: date, *, times: int = 1, **more: Any) -> Offering:
    """Can be booked only on this day, at nine and so many times after it."""
    stand = make.resource(business)
    stand.shifts.create(
        weekday=day.weekday(), starts=9 * 60, ends=9 * 60 + 30 * times, valid_from=day, valid_until=day
    )
    return make.offering(business, stand, **({"deposit_percent": 0} | more))


def fill(offering: Offering, customer: Any, day: date, times: int = 1) -> list[Booking]:
    """All of its times are hers."""
    from booking import services as bookings

    found = []
    for number in range(times):
        booking = make.held(offering, customer, make.at(day, 9) + timedelta(minutes=30 * number))
        if not booking.due:
            bookings.take_free(booking=booking, by=customer, now=timezone.now())
        found.append(booking)
    return found


def wait(offering: Offering, customer: Any, day: date, *, days: int = 1, **more: Any) -> Entry:
    animals = more.pop("animals", None) or [pets.pet(customer)]
    now = more.pop("now", timezone.now())
    last = day + timedelta(days=days - 1)
    return services.join(offering=offering, pets=animals, first=day, last=last, by=customer, now=now, **more)


def noon(days: int = 0) -> datetime:
    """Of today, or so many days later: times are offered by day."""
    return make.at(timezone.localdate() + timedelta(days=days), 12)
