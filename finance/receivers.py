"""Reactions to lines about documents."""

from __future__ import annotations

from django.utils import timezone

from core import journal
from core.models import Line

from . import events, pricing_receivers  # noqa: F401  (they register themselves)
from .documents import files


@journal.on(events.DOCUMENT_ISSUED)
def make_file(line: Line) -> None:
    """Where there is no room now the document waits for the sweeper, not this line."""
    if line.subject is not None:
        files.try_to_make(document=line.subject, now=timezone.now())
