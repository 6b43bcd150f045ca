"""What people hear of: announcements, changes of what was announced, and calling off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from core import journal
from core.states import MoveRefused

from .. import events, facts, locks, shown
from ..errors import NoComponent, NothingChanged, OverAlready, StaysUnplanned, TooSoon
from ..facts import Facts
from ..models import MaintenanceWindow
from ..models.windows import NOTICE
from ..states import MOVES, Event, Kind, Status
from . import running, telling


@transaction.atomic
def announce(*, window: MaintenanceWindow, version: int, by: Any, now: datetime) -> MaintenanceWindow:
    """Tell everybody. Of two people at once one announces, the other hears StaleWindow.

    Raises TooSoon for a planned window less than 48 hours ahead, OverAlready for one that has passed.
    An unplanned one whose beginning has come begins at once.
    """
    row = locks.window(window.pk, version=version)
    _check_time(row.kind, row.starts_at, row.ends_at, now)
    moved: dict[str, Any] = {"announced_at": now, "changed_at": now, "version": version + 1}
    MOVES.move(row, Status.ANNOUNCED, event=events.ANNOUNCED, actor=by, data=_times(row), **moved)
    telling.open_round(row, Event.ANNOUNCED, now=now)
    shown.purge()
    if row.starts_at <= now:
        running.start(row, by=by, now=now)
    return row


@transaction.atomic
def change(
    *, window: MaintenanceWindow, version: int, to: Facts, by: Any, now: datetime
) -> MaintenanceWindow:
    """Change what was announced and tell everybody.

    What stays within the announcement (later, shorter, milder, fewer parts) may change at any time. For
    everything else the 48 hours begin anew: TooSoon, unless it is unplanned from now on. Raises also
    StaleWindow, NothingChanged, StaysUnplanned, OverAlready, MoveRefused once it runs.
    """
    row = locks.window(window.pk, version=version)
    before = facts.of(row)
    _check_change(row, before, to, now)
    to.write(row)
    row.version, row.changed_at = version + 1, now
    if not facts.is_within(to, before):
        row.announced_at = now
    row.save()
    row.components.set(to.components)
    told = {"before": _times(before), "changed": facts.differences(before, to)}
    journal.write(events.CHANGED, actor=by, subject=row, data=told)
    telling.open_round(row, Event.CHANGED, now=now, was=before)
    shown.purge()
    return row


@transaction.atomic
def call_off(
    *, window: MaintenanceWindow, version: int, reason: str, reason_en: str = "", by: Any, now: datetime
) -> MaintenanceWindow:
    """Call it off, or break it off while it runs. Everybody is told why. Raises StaleWindow, MoveRefused."""
    row = locks.window(window.pk, version=version)
    was_running = row.status == Status.IN_PROGRESS
    moved: dict[str, Any] = {"over_at": now, "changed_at": now, "version": version + 1}
    said: dict[str, Any] = {"reason": reason, "reason_en": reason_en}
    MOVES.move(row, Status.CANCELLED, event=events.CANCELLED, actor=by, **moved, **said)
    telling.open_round(row, Event.CANCELLED, now=now)
    if was_running:
        shown.purge_everything()
    else:
        shown.purge()
    return row


def _check_time(kind: str, starts_at: datetime, ends_at: datetime | None, now: datetime) -> None:
    if ends_at is not None and ends_at <= now:
        raise OverAlready
    if kind == Kind.PLANNED and starts_at - now < NOTICE:
        raise TooSoon


def _check_change(row: MaintenanceWindow, before: Facts, to: Facts, now: datetime) -> None:
    if row.status != Status.ANNOUNCED:
        raise MoveRefused
    if not to.components:
        raise NoComponent
    if not facts.differences(before, to):
        raise NothingChanged
    if before.kind == Kind.EMERGENCY and to.kind == Kind.PLANNED:
        raise StaysUnplanned
    if not facts.is_within(to, before):
        _check_time(to.kind, to.starts_at, to.ends_at, now)


def _times(row: Any) -> dict[str, Any]:
    """For the journal: what was promised to whom reads it later."""
    ends_at = row.ends_at.isoformat() if row.ends_at else None
    return {
        "kind": row.kind,
        "starts_at": row.starts_at.isoformat(),
        "ends_at": ends_at,
        "effect": row.effect,
    }
