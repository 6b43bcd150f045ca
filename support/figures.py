"""How fast a person answered: counted by the database from the tickets, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from .models import Ticket

SINCE = timedelta(days=90)
LEAST = 5  # fewer say more about single people than about us

SQL = """
    SELECT count(*),
           percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (
               ORDER BY extract(epoch FROM first_human_reply_at - opened_at)),
           count(*) FILTER (WHERE first_human_reply_at > first_due_at)
    FROM support_ticket
    WHERE opened_at >= %s AND opened_at < %s AND first_human_reply_at IS NOT NULL
"""


@dataclass(frozen=True)
class FirstReplies:
    """Minutes; None while there are too few to say."""

    answered: int
    median_minutes: int | None
    p95_minutes: int | None
    late: int
    open_late: int


def first_replies(*, since: datetime, now: datetime) -> FirstReplies:
    """Of tickets opened in that time; `late` were answered after the promise, `open_late` not at all yet."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, [since, now])
        answered, both, late = cursor.fetchone()
    waiting = Ticket.objects.filter(
        opened_at__gte=since, first_human_reply_at=None, first_due_at__lt=now, due_at__isnull=False
    ).count()
    median, p95 = (round(value / 60) for value in both) if answered >= LEAST else (None, None)
    return FirstReplies(answered, median, p95, late, waiting)
