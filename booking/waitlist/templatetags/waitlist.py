"""Who waits, inside pages of bookings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from booking import permissions

from .. import queries

register = template.Library()


@register.simple_tag
def waiting_between(access: Any, first: date, last: date) -> int:
    """How many wait for these days at the branches this person works in. One query."""
    rows = queries.waiting_between(access.business, first, last)
    return int(access.in_locations(rows, "offering__location").count())


@register.simple_tag
def waiting_now(access: Any) -> int:
    """For any day; nothing to who may not see the calendar. One query."""
    if not access.can(permissions.CALENDAR):
        return 0
    return int(access.in_locations(queries.waiting_at(access.business), "offering__location").count())


@register.simple_tag
def open_waits(user: Any) -> list[Any]:
    return list(queries.open_waits_of(user))
