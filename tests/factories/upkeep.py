"""Windows of upkeep in any state, made as staff would make them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from upkeep import services
from upkeep.facts import Facts
from upkeep.models import Component, MaintenanceWindow
from upkeep.models.windows import NOTICE
from upkeep.states import Kind


def parts(*keys: str) -> list[Component]:
    return list(Component.objects.filter(key__in=keys or ("store",)))


def facts(*keys: str, starts_at: datetime, hours: float | None = 2, **fields: Any) -> Facts:
    words = {"title": "Veritabanı yenileniyor", "title_en": "New database", "text": "Disk değişiyor."}
    return Facts(
        starts_at=starts_at,
        ends_at=None if hours is None else starts_at + timedelta(hours=hours),
        components=parts(*keys),
        **(words | fields),
    )


def draft(*keys: str, now: datetime | None = None, **fields: Any) -> MaintenanceWindow:
    now = now or timezone.now()
    fields.setdefault("starts_at", now + NOTICE)
    return services.draft(facts=facts(*keys, **fields), by=None, now=now)


def announced(*keys: str, now: datetime | None = None, **fields: Any) -> MaintenanceWindow:
    now = now or timezone.now()
    window = draft(*keys, now=now, **fields)
    return services.announce(window=window, version=window.version, by=None, now=now)


def running(*keys: str, **fields: Any) -> MaintenanceWindow:
    """Planned and announced in time, running since a quarter of an hour."""
    now = timezone.now()
    before = now - NOTICE - timedelta(minutes=15)
    window = announced(*keys, now=before, **{"starts_at": before + NOTICE} | fields)
    return services.begin(window=window, version=window.version, by=None, now=now)


def outage(*keys: str, hours: float | None = None, **fields: Any) -> MaintenanceWindow:
    """Unplanned, since now."""
    now = timezone.now()
    return announced(*keys, now=now, starts_at=now, hours=hours, kind=Kind.EMERGENCY, **fields)
