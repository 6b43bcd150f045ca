"""What this room lends to pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import live, response_cache

from . import queries, shown, texts
from .models import MaintenanceWindow
from .states import Kind

LATEST = 3


@live.block(
    "upkeep.windows",
    title=_("Planned maintenance and how far ahead it was told"),
    template="upkeep/live/windows.html",
)
def windows() -> dict[str, Any]:
    """What is planned, and the last windows with their receipts. Figures, no names."""
    response_cache.depends_on(shown.SHOWN)
    ahead = [row for row in queries.ahead() if row.kind == Kind.PLANNED]
    past = queries.past().filter(kind=Kind.PLANNED)[:LATEST]
    return {
        "status_url": reverse("upkeep:status"),
        "ahead": [_row(row) for row in ahead],
        "past": [_row(row) | _receipts(row) for row in past],
    }


def _row(window: MaintenanceWindow) -> dict[str, Any]:
    return {
        "title": window.said("title"),
        "when": texts.period(window.starts_at, window.ends_at),
        "starts_at": window.starts_at.isoformat(),
        "announced": texts.length(window.ahead_of(window.announced_at)) if window.announced_at else "",
        "status": window.status,
        "url": window.get_absolute_url(),
    }


def _receipts(window: MaintenanceWindow) -> dict[str, Any]:
    told = queries.told_ahead(window)
    return {"people": told.people, "mailed": told.mailed, "in_time": told.holds}
