"""What an answer shows, and what a change touched: names such as `page:12`, `under:4`, `store`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection

from core import journal

FRAME = "frame"  # header, footer and whatever else stands on every page
EVERYTHING = "everything"  # carried by each kept answer, for when nothing may be given out
CHANNEL = "dijivet_purge"
PURGED = "core.answers_purged"
LONGEST = timedelta(minutes=15)


@dataclass
class Notes:
    """What was noted while one answer was made."""

    tags: set[str] = field(default_factory=set)
    keep_for: timedelta = LONGEST


_notes: ContextVar[Notes | None] = ContextVar("what the answer shows", default=None)


@contextmanager
def collecting() -> Iterator[Notes]:
    notes = Notes()
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)


def is_collecting() -> bool:
    return _notes.get() is not None


def depends_on(*tags: str) -> None:
    """The answer being made shows these. Outside of an answer that may be kept, nothing happens."""
    if notes := _notes.get():
        notes.tags.update(tags)


def forget_after(age: timedelta) -> None:
    """The answer holds something that changes by itself, such as live data."""
    if notes := _notes.get():
        notes.keep_for = min(notes.keep_for, age)


# Rows are only added, so changes of the same thing do not wait for each other; `store.sweep` removes them.
# A notification holds 8,000 bytes, hence a hundred tags in each.
PURGE = """
    WITH said AS (
        INSERT INTO core_purge (tag, xid, at)
        SELECT tag, pg_current_xact_id(), now() FROM unnest(%(tags)s::text[]) AS tag
        WHERE NOT EXISTS (
            SELECT FROM core_purge WHERE core_purge.tag = tag.tag AND xid = pg_current_xact_id()
        )
        RETURNING 1
    )
    SELECT pg_notify(%(channel)s, string_agg(tag, ' ' ORDER BY place))
    FROM unnest(%(tags)s::text[]) WITH ORDINALITY AS named (tag, place)
    WHERE EXISTS (SELECT FROM said)
    GROUP BY (place - 1) / 100
"""


def purge(*tags: str) -> None:
    """Answers that show any of these are no longer given out, from the commit of this change on."""
    names = sorted(set(tags))
    with connection.cursor() as cursor:
        cursor.execute(PURGE, {"tags": names, "channel": CHANNEL})
        is_news = cursor.rowcount > 0  # or this transaction has said so already
    if is_news:
        journal.write(PURGED, data={"tags": names})
