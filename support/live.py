"""What this room lends to pages: how fast a person answered, from the rows themselves."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import live

from . import figures, promises
from .states import Priority


@live.block(
    "support.first_reply", title=_("First answer of support"), template="support/live/first_reply.html"
)
def first_reply() -> dict[str, Any]:
    """Median and p95 of the last 90 days beside what is promised. Automatic answers do not count."""
    now = timezone.now()
    measured = figures.first_replies(since=now - figures.SINCE, now=now)
    promised = promises.on_day(timezone.localdate(now))
    rows = [
        {"priority": str(priority.label), "promised_minutes": promised[priority.value]}
        for priority in Priority
    ]
    return {"days": figures.SINCE.days, **vars(measured), "targets": rows}
