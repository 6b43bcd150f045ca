"""Who changes a price or a number in stock, why and when: told to the database, which writes it down.

    with hand.at_work(by=user, reason="counted", now=now):
        StockRecord.objects.filter(pk=pk).update(num_in_stock=5)

It holds within the transaction, so call it in one. An error leaves it to the rollback.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

NAMES = ("by", "reason", "note", "at")


@contextmanager
def at_work(
    *, by: Any = None, reason: str = "", note: str = "", now: datetime | None = None
) -> Iterator[None]:
    _tell(str(by.pk) if by else "", reason, note, now.isoformat() if now else "")
    yield
    _tell("", "", "", "")


def _tell(*values: str) -> None:
    calls = ", ".join(f"set_config('dijivet.{name}', %s, true)" for name in NAMES)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", values)
