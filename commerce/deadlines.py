"""When a parcel has to leave. When it arrives is promised by the way of delivery (`commerce.delivery`).

Carriers work on business days. A day on which the seller's main branch is closed (a special day, a weekday
without hours) counts neither; a branch that told no hours is open on all business days.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from commerce.models import ShippingTerms
from core import business_days
from teams import hours

AHEAD = 40  # days that are looked at: the longest preparation over the longest holiday


def terms_of(business: Any) -> ShippingTerms:
    return ShippingTerms.objects.filter(business=business).first() or ShippingTerms(business=business)


def leaves_by(business: Any, since: datetime) -> datetime:
    """When what is paid at `since` has to be on its way."""
    terms, today = terms_of(business), timezone.localdate(since)
    days = iter(_working_days(business, today))
    day = next(days)
    if day == today and timezone.localtime(since).time() >= terms.cut_off:
        day = next(days)
    for _ in range(terms.days):
        day = next(days)
    return _at(day, terms.pickup)


def _working_days(business: Any, first: date) -> list[date]:
    days = [first + timedelta(days=number) for number in range(AHEAD)]
    branch = business.locations.filter(is_main=True).select_related("business").first()
    book = hours.book(branch, days[0], days[-1]) if branch else None
    work = [day for day in days if business_days.is_business_day(day)]
    if book is None or book.is_empty:
        return work
    return [day for day in work if _is_open(book, day)] or work


def _is_open(book: hours.Book, day: date) -> bool:
    return bool(book.spans(day)) or (not book.weekly and day not in book.special)


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
