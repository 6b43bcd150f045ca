"""What a person does with her notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..models import Notice


def open_notice(*, notice: Notice, now: datetime) -> None:
    """It is read from its first opening on."""
    Notice.objects.filter(pk=notice.pk).unread().update(read_at=now)


def mark_read(*, user: Any, now: datetime, notice: Notice | None = None) -> int:
    """One or all. `now` is also the name of this act for `mark_unread`."""
    found = Notice.objects.of(user).unread()
    if notice:
        found = found.filter(pk=notice.pk)
    return found.update(read_at=now)


def mark_unread(*, user: Any, read_at: datetime) -> int:
    """Take back one act of marking."""
    return Notice.objects.of(user).filter(read_at=read_at).update(read_at=None)
