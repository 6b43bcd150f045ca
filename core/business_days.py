"""Days on which offices work: weekdays that are no full holiday of law 2429.

A half holiday counts as a working day, so a deadline never lies later than the law would have it. Days off
that the state announces for one year are left out for the same reason.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

SATURDAY = 5


def is_business_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def after(day: date, count: int) -> date:
    """The `count`-th business day after this day, which itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day)
    return day


def between(first: date, last: date) -> int:
    """Business days after `first`, up to `last`."""
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(is_business_day(day) for day in days)


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("TR", years=year, categories=("public",)))
