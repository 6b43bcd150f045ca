"""People write, agents answer, and what that does to the clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from core import journal
from core.uploads import Accepted

from .. import events, locks, promises
from ..errors import MovedOn, OwnMatter
from ..models import Message, Presence, Sender, Ticket
from ..states import MOVES, ON_US, Status
from .saying import say, send

EVENTS = {Status.WAITING: events.WAITING, Status.SOLVED: events.SOLVED, Status.OPEN: events.REOPENED}


@transaction.atomic
def write(
    *, ticket: Ticket, words: str, by: Any, now: datetime, files: Iterable[Accepted] = (), **mail: Any
) -> Message:
    """Who asks writes on. A promise that runs goes on running; one that was kept begins anew."""
    row = locks.last(ticket.pk)
    author = by if getattr(by, "pk", None) else None
    message = say(row, words, sender=Sender.CUSTOMER, by=author, files=files, now=now, **mail)
    if row.status in ON_US:
        _touch(row, now)
    else:
        _reopen(row, by=author, now=now)
    journal.write(events.WRITTEN, actor=author, subject=row, data={"message": message.pk})
    return message


@transaction.atomic
def answer(
    *,
    ticket: Ticket,
    words: str,
    by: Any,
    then: str,
    now: datetime,
    seen: int | None = None,
    files: Iterable[Accepted] = (),
) -> Message:
    """A person of ours answers. `then` says whose turn it is; `seen` is the last message she has read.

    Raises MovedOn when somebody else wrote after that, OwnMatter, WentElsewhere.
    """
    row = locks.ticket(ticket.pk)
    if row.requester_id == by.pk:
        raise OwnMatter
    if seen is not None and _news(row, seen, by):
        raise MovedOn
    message = say(row, words, sender=Sender.AGENT, by=by, files=files, now=now)
    facts: dict[str, Any] = {"assignee": row.assignee or by, "updated_at": now}
    if row.first_human_reply_at is None:
        facts["first_human_reply_at"] = now
    _turn(row, Status(then), by=by, now=now, **facts)
    send("support/answered", row, message, by_person=True)
    Presence.objects.filter(ticket=row, user=by).update(draft="", writing_since=None)
    journal.write(events.ANSWERED, actor=by, subject=row, data={"message": message.pk, "then": str(then)})
    return message


@transaction.atomic
def note(*, ticket: Ticket, words: str, by: Any, now: datetime, files: Iterable[Accepted] = ()) -> Message:
    """For colleagues only: stops no clock and is never shown or sent to who asks."""
    row = locks.ticket(ticket.pk)
    message = say(row, words, sender=Sender.AGENT, by=by, is_internal=True, files=files, now=now)
    Presence.objects.filter(ticket=row, user=by).update(draft="", writing_since=None)
    journal.write(events.NOTED, actor=by, subject=row, data={"message": message.pk})
    return message


def _news(row: Ticket, seen: int, by: Any) -> bool:
    """Words of others that she has not read. What the system says by itself is no news."""
    later = row.messages.filter(pk__gt=seen).exclude(sender=Sender.MACHINE)
    return later.exclude(author=by).exists() or later.filter(author=None).exists()


def _turn(row: Ticket, target: Status, *, by: Any, now: datetime, **facts: Any) -> None:
    """Whose turn it is after our word. Staying with us, we promise the next word anew."""
    if target == Status.OPEN:
        facts |= {"awaited_since": now, "due_at": promises.due(row.priority, now)}
    else:
        facts |= {"awaited_since": None, "due_at": None}
    facts["solved_at"] = now if target == Status.SOLVED else None
    if row.status == target:
        _save(row, facts)
        return
    if not MOVES.allows(row.status, target):
        _reopen(row, by=by, now=now)
    MOVES.move(row, target, event=EVENTS[target], actor=by, **facts)


def _reopen(row: Ticket, *, by: Any, now: datetime) -> None:
    due = promises.due(row.priority, now)
    facts: dict[str, Any] = {
        "awaited_since": now,
        "due_at": due,
        "updated_at": now,
        "solved_at": None,
        "closed_at": None,
    }
    MOVES.move(row, Status.OPEN, event=events.REOPENED, actor=by, **facts)


def _touch(row: Ticket, now: datetime) -> None:
    _save(row, {"updated_at": now})


def _save(row: Ticket, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
