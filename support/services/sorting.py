"""Who answers a ticket, how urgent it is, and when two are one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from core import journal

from .. import events, locks, promises, queries
from ..errors import MovedOn, NotForHer, OnlySamePerson, WentElsewhere
from ..models import Sender, Ticket
from ..states import MOVES, ON_US, Priority, Queue, Status
from .saying import say


@transaction.atomic
def assign(*, ticket: Ticket, to: Any, by: Any, now: datetime, was: int | bool | None = False) -> Ticket:
    """Give it to a person of the desk, or to nobody. With `was`, refuse if it changed hands meanwhile.

    Raises MovedOn, NotForHer, WentElsewhere.
    """
    row = locks.ticket(ticket.pk)
    if was is not False and row.assignee_id != was:
        raise MovedOn
    if to is not None and not queries.is_agent(to):
        raise NotForHer
    if row.assignee_id == (to.pk if to else None):
        return row
    before, row.assignee = row.assignee_id, to
    row.save(update_fields=["assignee"])
    if to is not None and row.status == Status.NEW:
        MOVES.move(
            row, Status.OPEN, event=events.TAKEN, actor=by, data={"from_person": before, "to_person": to.pk}
        )
    else:
        told = {"from_person": before, "to_person": to.pk if to else None}
        journal.write(events.TAKEN, actor=by, subject=row, data=told)
    return row


@transaction.atomic
def sort(*, ticket: Ticket, queue: str, priority: int, by: Any, now: datetime) -> Ticket:
    """Another queue or priority. The promise is counted anew from the moment somebody began to wait."""
    row = locks.ticket(ticket.pk)
    queue, priority = _fitting(row, queue, priority)
    if (row.queue, row.priority) == (queue, priority):
        return row
    told = {"queue": [row.queue, queue], "priority": [row.priority, priority]}
    row.queue, row.priority = queue, priority
    if row.awaited_since and row.status in ON_US:
        row.due_at = promises.due(priority, row.awaited_since)
    if row.first_human_reply_at is None:
        row.first_due_at = promises.due(priority, row.opened_at)
    row.save(update_fields=["queue", "priority", "due_at", "first_due_at"])
    journal.write(events.SORTED, actor=by, subject=row, data=told)
    return row


@transaction.atomic
def merge(*, ticket: Ticket, into: Ticket, by: Any, now: datetime) -> Ticket:
    """All that was said moves into the other one; replies to the old address arrive there too.

    The more urgent promise of both holds. Raises OnlySamePerson, WentElsewhere.
    """
    rows = locks.tickets([ticket.pk, into.pk])
    old, kept = rows[ticket.pk], rows[into.pk]
    if old.merged_into_id or kept.merged_into_id or old.pk == kept.pk:
        raise WentElsewhere
    if _who(old) != _who(kept):
        raise OnlySamePerson
    old.messages.update(ticket=kept)
    _carry_on(old, kept, by, now)
    say(kept, old.reference, sender=Sender.MACHINE, is_internal=True, now=now)
    away: dict[str, Any] = {"awaited_since": None, "due_at": None, "merged_into": kept, "closed_at": now}
    if old.status == Status.CLOSED:
        Ticket.objects.filter(pk=old.pk).update(merged_into=kept)
    else:
        MOVES.move(old, Status.CLOSED, event=events.CLOSED, actor=by, **away)
    journal.write(events.MERGED, actor=by, subject=kept, data={"other": old.reference})
    return kept


def _who(row: Ticket) -> tuple[Any, ...]:
    return row.requester_id, row.guest_email, row.business_id


def _carry_on(old: Ticket, kept: Ticket, by: Any, now: datetime) -> None:
    """Somebody still waits for our word: the earlier end of the two promises counts."""
    if old.due_at is None:
        return
    if kept.due_at is None:
        facts: dict[str, Any] = {
            "awaited_since": old.awaited_since,
            "due_at": old.due_at,
            "solved_at": None,
            "closed_at": None,
        }
        MOVES.move(kept, Status.OPEN, event=events.REOPENED, actor=by, updated_at=now, **facts)
    elif old.due_at < kept.due_at:
        kept.awaited_since, kept.due_at = old.awaited_since, old.due_at
        kept.save(update_fields=["awaited_since", "due_at"])


def _fitting(row: Ticket, queue: str, priority: int) -> tuple[str, int]:
    """The emergency queue and the emergency priority go together; the one that was changed leads."""
    if queue == Queue.EMERGENCY and row.queue != Queue.EMERGENCY:
        return queue, Priority.EMERGENCY
    if priority == Priority.EMERGENCY and row.priority != Priority.EMERGENCY:
        return Queue.EMERGENCY, priority
    if queue == Queue.EMERGENCY and priority != Priority.EMERGENCY:
        return Queue.GENERAL, priority
    if queue != Queue.EMERGENCY and priority == Priority.EMERGENCY:
        return queue, Priority.HIGH
    return queue, priority
