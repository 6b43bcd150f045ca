"""Keeps the rows that lists of goods are read from (`commerce.models.Listing`) as true as the goods."""

from __future__ import annotations

from django.db import connection

MOST = 200  # products in one go: some 0.2 s


def refresh(most: int = MOST) -> bool:
    """Make due rows anew; say whether all of them are. Call it before lists are read, never in a long
    transaction: whoever refreshes waits for the one before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT commerce_refresh(%s)", [most])
        return cursor.fetchone()[0]


def refresh_all() -> None:
    """Batch by batch, each on its own, so that nobody waits for more than one."""
    while not refresh():
        pass
