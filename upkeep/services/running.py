"""Beginning and end of a window, by hand or by the clock, and how it goes in between."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from core import journal
from core.states import MoveRefused

from .. import events, facts, locks, shown
from ..errors import NothingChanged, NotYet, OverAlready
from ..models import MaintenanceWindow, Update
from ..states import AHEAD, MOVES, Event, Kind, Status
from . import telling


@transaction.atomic
def begin(*, window: MaintenanceWindow, version: int, by: Any, now: datetime) -> MaintenanceWindow:
    """Begin at the announced time, not earlier. Raises NotYet, StaleWindow, MoveRefused."""
    row = locks.window(window.pk, version=version)
    if row.starts_at > now:
        raise NotYet
    return start(row, by=by, now=now)


def start(row: MaintenanceWindow, *, by: Any, now: datetime) -> MaintenanceWindow:
    """For whoever holds the lock of the row. What has to be told before is pointless from now on."""
    moved: dict[str, Any] = {"begun_at": now, "version": row.version + 1}
    MOVES.move(row, Status.IN_PROGRESS, event=events.BEGUN, actor=by, **moved)
    telling.stop(row, Event.DAY_AHEAD, Event.HOUR_AHEAD, now=now)
    shown.purge_everything()
    return row


@transaction.atomic
def end(*, window: MaintenanceWindow, version: int, by: Any, now: datetime) -> MaintenanceWindow:
    """All works again, and everybody is told. Raises StaleWindow, MoveRefused."""
    row = locks.window(window.pk, version=version)
    moved: dict[str, Any] = {"over_at": now, "version": version + 1}
    MOVES.move(row, Status.DONE, event=events.ENDED, actor=by, **moved)
    if not MaintenanceWindow.objects.ahead().filter(follows=row).exists():  # else it is not over
        telling.open_round(row, Event.ENDED, now=now)
    shown.purge_everything()
    return row


@transaction.atomic
def prolong(
    *, window: MaintenanceWindow, version: int, ends_at: datetime | None, by: Any, now: datetime
) -> MaintenanceWindow:
    """It takes longer. Returns the window that runs on.

    An unplanned one gets its new end. A planned one ends when it was announced to; the rest was announced
    to nobody, so it is an unplanned window of its own that follows it. Raises OverAlready, StaleWindow.
    """
    row = locks.window(window.pk, version=version)
    if row.status != Status.IN_PROGRESS:
        raise MoveRefused
    if ends_at is not None and (ends_at <= now or (row.ends_at and ends_at <= row.ends_at)):
        raise OverAlready
    return _follow(row, ends_at, by, now) if row.kind == Kind.PLANNED else _extend(row, ends_at, by, now)


@transaction.atomic
def update(*, window: MaintenanceWindow, text: str, text_en: str = "", by: Any, now: datetime) -> Update:
    """Say how it goes, on the status page and in its feed. Raises MoveRefused for a draft or what is over."""
    if window.status not in AHEAD:
        raise MoveRefused
    said = Update.objects.create(window=window, at=now, text=text, text_en=text_en)
    journal.write(events.UPDATED, actor=by, subject=window, data={"text": text})
    shown.purge()
    return said


def keep_time(*, now: datetime) -> None:
    """Begin what is due and end what has an end. Safe to run twice, by two workers at once."""
    due = MaintenanceWindow.objects.filter(status=Status.ANNOUNCED, starts_at__lte=now)
    for pk in due.values_list("pk", flat=True):
        _by_the_clock(pk, Status.ANNOUNCED, now)
    over = MaintenanceWindow.objects.filter(status=Status.IN_PROGRESS, ends_at__lte=now)
    for pk in over.values_list("pk", flat=True):
        _by_the_clock(pk, Status.IN_PROGRESS, now)


@transaction.atomic
def _by_the_clock(pk: int, status: str, now: datetime) -> None:
    rows = MaintenanceWindow.objects.select_for_update(skip_locked=True).filter(pk=pk, status=status)
    row = rows.first()
    if row is None:
        return
    if status == Status.ANNOUNCED and row.starts_at <= now:
        start(row, by=None, now=now)
    elif status == Status.IN_PROGRESS and row.ends_at and row.ends_at <= now:
        end(window=row, version=row.version, by=None, now=now)


def _follow(row: MaintenanceWindow, ends_at: datetime | None, by: Any, now: datetime) -> MaintenanceWindow:
    from .announcing import announce  # which begins windows itself

    if MaintenanceWindow.objects.filter(follows=row).exists():
        raise NothingChanged
    names = ("effect", "title", "title_en", "text", "text_en", "advice", "advice_en")
    rest = MaintenanceWindow.objects.create(
        kind=Kind.EMERGENCY,
        starts_at=row.ends_at or now,  # a planned one has an end
        ends_at=ends_at,
        changed_at=now,
        follows=row,
        **{name: getattr(row, name) for name in names},
    )
    rest.components.set(row.parts)
    journal.write(events.PROLONGED, actor=by, subject=row, data={"window": str(rest.public_id)})
    return announce(window=rest, version=rest.version, by=by, now=now)


def _extend(row: MaintenanceWindow, ends_at: datetime | None, by: Any, now: datetime) -> MaintenanceWindow:
    before = facts.of(row)
    if ends_at == row.ends_at:
        raise NothingChanged
    row.ends_at, row.changed_at, row.version = ends_at, now, row.version + 1
    row.save(update_fields=["ends_at", "changed_at", "version"])
    journal.write(events.CHANGED, actor=by, subject=row, data={"changed": ["ends_at"]})
    telling.open_round(row, Event.CHANGED, now=now, was=before)
    shown.purge()
    return row
