"""The clock of a ticket, in words and as a ring."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Ticket

register = template.Library()


@register.filter
def clock(ticket: Ticket) -> dict[str, Any]:
    """`words`, `part` of the time that is over in percent, `tone`: own, warn or bad."""
    now = timezone.now()
    if ticket.due_at is None or ticket.awaited_since is None:
        return {}
    left = ticket.due_at - now
    whole = (ticket.due_at - ticket.awaited_since).total_seconds() or 1
    part = min(100, max(0, round(100 - left.total_seconds() / whole * 100)))
    words = _("%(time)s left") if left > timedelta() else _("%(time)s over")
    return {
        "words": words % {"time": span(abs(left))},
        "part": part,
        "tone": "bad" if left <= timedelta() else "warn" if part >= 75 else "own",
        "is_over": left <= timedelta(),
    }


@register.filter
def span(value: timedelta | None) -> str:
    """`38 dk`, `4 sa 12 dk`, `2 gün 3 sa`."""
    if value is None:
        return ""
    minutes = int(value.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    if hours and rest:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    return _("%(hours)d h") % {"hours": hours} if hours else _("%(minutes)d min") % {"minutes": rest}


@register.filter
def is_late(moment: datetime | None) -> bool:
    return moment is not None and moment <= timezone.now()
