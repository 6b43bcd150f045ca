"""Acts from a ticket: allowed, read, confirmed, done once, and written down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from core import journal

from .. import events, locks
from ..acts import Act
from ..errors import NotAllowed, NothingToDo, OwnMatter
from ..models import Sender, Ticket
from .saying import say


@transaction.atomic
def perform(*, ticket: Ticket, act: Act, by: Any, now: datetime, data: dict[str, Any]) -> str:
    """Asked again under the lock, so that two agents cannot do it twice.

    Raises NotAllowed, OwnMatter, NothingToDo and what the room's own verb refuses.
    """
    row = locks.ticket(ticket.pk)
    if not by.has_perm(act.right):
        raise NotAllowed
    if row.requester_id == by.pk:
        raise OwnMatter
    if not act.is_offered(row):
        raise NothingToDo
    sentence = act.do(row, by=by, now=now, data=data)
    say(row, sentence, sender=Sender.MACHINE, is_internal=True, now=now)
    journal.write(events.ACTED, actor=by, subject=row, data={"act": act.code})
    return sentence
