"""Kept answers (docs/decisions/0009): which of them show a business, and when they are made anew."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from core import response_cache

from .models import Business

LIST = "businesses"


def tag(business: Business) -> str:
    return f"business:{business.pk}"


def changed(business: Business) -> None:
    """Say in the transaction of the change that the public pages of this business are old."""
    response_cache.purge(LIST, tag(business))


def lists(now: datetime) -> None:
    """The answer being made is a list of businesses."""
    response_cache.depends_on(response_cache.FRAME, LIST)
    response_cache.forget_after(until_midnight(now))


def shows(business: Business, *, now: datetime, changes_at: datetime | None) -> None:
    """The answer being made is this business; what it says of its hours holds until `changes_at`."""
    response_cache.depends_on(response_cache.FRAME, tag(business))
    soonest = until_midnight(now)
    if changes_at:
        soonest = min(soonest, changes_at - now)
    response_cache.forget_after(max(soonest, timedelta(seconds=1)))


def until_midnight(now: datetime) -> timedelta:
    """Permits end and days begin at midnight."""
    here = timezone.localtime(now)
    return here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1) - here
