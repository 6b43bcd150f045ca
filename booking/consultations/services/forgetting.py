"""What is not needed any more: signals after an hour, presences and messages after two years."""

from __future__ import annotations

from datetime import datetime

from .. import rules
from ..models import Message, Presence, Signal


def forget_old(*, now: datetime) -> int:
    """As often as a timer likes. Returns how many rows of the record went; signals are no record."""
    Signal.objects.filter(at__lt=now - rules.SIGNALS_KEPT).delete()
    before = now - rules.RECORD_KEPT
    old = Message.objects.filter(consultation__booking__ends_at__lt=before)
    seen = Presence.objects.filter(consultation__booking__ends_at__lt=before)
    return sum(rows.delete()[0] for rows in (old, seen))
