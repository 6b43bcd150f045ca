"""Drafts: nobody hears of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from core import journal
from core.states import MoveRefused

from .. import events, locks
from ..errors import NoComponent
from ..facts import Facts
from ..models import MaintenanceWindow
from ..states import Status


@transaction.atomic
def draft(*, facts: Facts, by: Any, now: datetime) -> MaintenanceWindow:
    """Write down what is planned. Raises NoComponent."""
    window = MaintenanceWindow(changed_at=now)
    _save(window, facts)
    journal.write(events.DRAFTED, actor=by, subject=window)
    return window


@transaction.atomic
def edit(*, window: MaintenanceWindow, version: int, facts: Facts, by: Any, now: datetime) -> None:
    """Raises StaleWindow, NoComponent, MoveRefused once it was announced."""
    row = _draft(window, version)
    row.version, row.changed_at = version + 1, now
    _save(row, facts)
    journal.write(events.EDITED, actor=by, subject=row)


@transaction.atomic
def discard(*, window: MaintenanceWindow, version: int, by: Any) -> None:
    """Throw a draft away. What people have heard of is called off instead."""
    row = _draft(window, version)
    journal.write(events.DISCARDED, actor=by, data={"title": row.title, "window": str(row.public_id)})
    row.delete()


def _draft(window: MaintenanceWindow, version: int) -> MaintenanceWindow:
    row = locks.window(window.pk, version=version)
    if row.status != Status.DRAFT:
        raise MoveRefused
    return row


def _save(window: MaintenanceWindow, facts: Facts) -> None:
    if not facts.components:
        raise NoComponent
    facts.write(window)
    window.save()
    window.components.set(facts.components)
