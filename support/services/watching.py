"""Who looks at a ticket and who writes in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from core import journal

from .. import events
from ..models import Presence, Ticket

ONE_LOOK = timedelta(minutes=10)
FORGET_AFTER = timedelta(days=30)


@transaction.atomic
def look(*, ticket: Ticket, by: Any, now: datetime) -> Presence:
    """An agent opens the ticket of a person: the journal says so, once for each visit."""
    row, is_new = Presence.objects.get_or_create(ticket=ticket, user=by, defaults={"seen_at": now})
    if is_new or row.seen_at < now - ONE_LOOK:
        journal.write(events.VIEWED, actor=by, subject=ticket)
    Presence.objects.filter(pk=row.pk).update(seen_at=now)
    return row


def beat(*, ticket: Ticket, by: Any, draft: str, now: datetime) -> None:
    """Her page is open still; `draft` is what stands in her composer."""
    row, _ = Presence.objects.get_or_create(ticket=ticket, user=by, defaults={"seen_at": now})
    begun = row.writing_since or now if draft.strip() else None
    Presence.objects.filter(pk=row.pk).update(seen_at=now, draft=draft, writing_since=begun)


def forget_looks(*, now: datetime) -> int:
    deleted, _ = Presence.objects.filter(seen_at__lt=now - FORGET_AFTER).delete()
    return deleted
