"""A verb done and taken back: what it would tell, to how many, and whether it would be refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from notifications.channels import email

from . import queries
from .errors import TooTight
from .models import MaintenanceWindow, Round
from .models.windows import NOTICE

Verb = Callable[..., MaintenanceWindow]


@dataclass(frozen=True)
class Rehearsal:
    window: MaintenanceWindow
    round: Round | None  # None: nobody is told

    def mails(self, reader: Any, now: datetime) -> list[dict[str, str]]:
        """In each language, as `reader` would get it."""
        if self.round is None:
            return []
        kind, data = self.round.kind, self.round.data
        return [
            {
                "language": str(name),
                "subject": parts["subject.txt"],
                "text": parts["txt"],
                "html": parts["html"],
            }
            for code, name in settings.LANGUAGES
            for parts in [email.preview(kind, data, reader=reader, language=code, now=now)]
        ]


def rehearse(verb: Verb, *, now: datetime, **facts: Any) -> Rehearsal:
    """Raises whatever the verb would raise, and TooTight."""
    with transaction.atomic():
        window = perform(verb, now=now, **facts)
        found = Rehearsal(window, window.rounds.filter(at=now).order_by("-pk").first())
        transaction.set_rollback(True)
    return found


@transaction.atomic
def perform(verb: Verb, *, now: datetime, **facts: Any) -> MaintenanceWindow:
    """The verb as staff use it. Raises TooTight where the last mail would leave later than 48 hours ahead."""
    window = verb(now=now, **facts)
    if window.is_planned and window.announced_at == now:
        people = queries.people_to_tell()
        earliest = now + NOTICE + queries.telling_time(people)
        if window.starts_at < earliest:
            raise TooTight(people, earliest)
    return window
