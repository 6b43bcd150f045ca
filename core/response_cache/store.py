"""The table of kept answers. One query reads an answer and proves that nothing it shows has changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.http import HttpResponse

from .tags import LONGEST

MOST_ROWS = 10_000
LARGEST_BODY = 2_000_000


@dataclass(frozen=True)
class Found:
    """What the table knows under a key. `snapshot` is what this transaction sees, for a new answer."""

    snapshot: str
    answer: HttpResponse | None
    tags: tuple[str, ...] = ()
    seconds_left: float = 0.0


READ = """
    SELECT now.snapshot, kept.headers, kept.body, kept.tags, extract(epoch FROM kept.expires_at - now())
    FROM (SELECT pg_current_snapshot()::text AS snapshot) AS now
    LEFT JOIN core_keptanswer AS kept ON kept.key = %s AND kept.expires_at > now() AND NOT EXISTS (
        SELECT 1 FROM core_purge AS purge
        WHERE purge.tag = ANY (kept.tags) AND NOT pg_visible_in_snapshot(purge.xid, kept.snapshot)
    )
"""

WRITE = """
    INSERT INTO core_keptanswer (key, tags, snapshot, headers, body, expires_at)
    SELECT %s, %s, %s::pg_snapshot, %s, %s, now() + %s
    WHERE (SELECT count(*) FROM core_keptanswer) < %s
    ON CONFLICT (key) DO UPDATE SET tags = excluded.tags, snapshot = excluded.snapshot,
        headers = excluded.headers, body = excluded.body, expires_at = excluded.expires_at
"""

STALE = """
    SELECT key FROM core_keptanswer AS kept
    WHERE tags && %s::varchar[] AND expires_at > now() AND NOT starts_with(key, 'facts:') AND EXISTS (
        SELECT 1 FROM core_purge AS purge
        WHERE purge.tag = ANY (kept.tags) AND NOT pg_visible_in_snapshot(purge.xid, kept.snapshot)
    ) LIMIT %s
"""


def read(key: str) -> Found:
    with connection.cursor() as cursor:
        cursor.execute(READ, [key])
        snapshot, headers, body, tags, seconds = cursor.fetchone()
    if body is None:
        return Found(snapshot, None)
    headers = json.loads(headers)
    return Found(snapshot, HttpResponse(bytes(body), headers=headers), tuple(tags), float(seconds))


def write(key: str, answer: HttpResponse, *, tags: set[str], snapshot: str, keep_for: timedelta) -> None:
    """Keep an answer that was made by transactions that saw at least `snapshot`."""
    if len(answer.content) > LARGEST_BODY:
        return
    headers = json.dumps(dict(answer.items()))
    values: Any = [key, sorted(tags), snapshot, headers, answer.content, keep_for, MOST_ROWS]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)


def stale_keys(tags: list[str], limit: int) -> list[str]:
    """Answers that were in use and have lost their truth by a purge of these tags."""
    with connection.cursor() as cursor:
        cursor.execute(STALE, [tags, limit])
        return [key for (key,) in cursor.fetchall()]


# By age alone a transaction of half an hour would take its own purges with it, which it dated when it began.
SWEEP = """
    DELETE FROM core_purge WHERE at < now() - %s AND xid < coalesce(
        (SELECT pg_snapshot_xmin(snapshot) FROM core_keptanswer ORDER BY 1 LIMIT 1),
        pg_snapshot_xmin(pg_current_snapshot())
    )
"""


def sweep() -> None:
    """Remove what is over: purges that every kept answer has seen, and that those being made have seen."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_keptanswer WHERE expires_at < now()")
        cursor.execute(SWEEP, [2 * LONGEST])  # type: ignore[list-item]
