"""How a ticket ends, and what is said about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from core import journal

from .. import events, locks
from ..errors import NotSolvedYet, RatedBefore
from ..models import Rating, Ticket
from ..states import MOVES, Status

CLOSE_AFTER = timedelta(days=7)
MANY = 500


@transaction.atomic
def solve(*, ticket: Ticket, by: Any, now: datetime) -> Ticket:
    """Who asked, or an agent, says that it is done. Nothing happens to one that has ended already."""
    row = locks.ticket(ticket.pk)
    if row.is_live:
        facts: dict[str, Any] = {"awaited_since": None, "due_at": None, "solved_at": now, "updated_at": now}
        MOVES.move(row, Status.SOLVED, event=events.SOLVED, actor=by, **facts)
    return row


def close_old(*, now: datetime) -> int:
    """Solved a week ago and nobody wrote since. Doing it twice changes nothing."""
    ready = Ticket.objects.filter(status=Status.SOLVED, solved_at__lte=now - CLOSE_AFTER)
    return sum(_close(pk, now) for pk in list(ready.order_by("pk").values_list("pk", flat=True)[:MANY]))


@transaction.atomic
def _close(pk: int, now: datetime) -> bool:
    """Asked again under the lock: somebody may have written this very moment."""
    row = locks.tickets([pk])[pk]
    if row.status != Status.SOLVED or row.solved_at is None or row.solved_at > now - CLOSE_AFTER:
        return False
    MOVES.move(row, Status.CLOSED, event=events.CLOSED, closed_at=now)
    return True


@transaction.atomic
def rate(*, ticket: Ticket, score: int, comment: str, by: Any, now: datetime) -> Rating:
    """Once, when it is solved. Raises NotSolvedYet, RatedBefore."""
    row = locks.last(ticket.pk)
    if row.is_live:
        raise NotSolvedYet
    try:
        with transaction.atomic():
            rating = Rating.objects.create(ticket=row, score=score, comment=comment, at=now)
    except IntegrityError as error:
        raise RatedBefore from error
    author = by if getattr(by, "pk", None) else None
    journal.write(events.RATED, actor=author, subject=row, data={"score": score})
    return rating
