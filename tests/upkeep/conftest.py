"""A clock that stands where a test puts it, and the worker's turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.utils import timezone

from core import journal
from notifications import services as notifications
from upkeep import services
from upkeep.gate import KEEPER

ISTANBUL = ZoneInfo("Europe/Istanbul")
NOON = datetime(2031, 11, 26, 12, 0, tzinfo=ISTANBUL)  # a Wednesday later than any clock that runs this
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def clock(monkeypatch) -> Callable[[datetime], datetime]:
    """`clock(moment)`: from now on it is that moment, for everything that asks Django."""

    def stand(moment: datetime) -> datetime:
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return stand


@pytest.fixture
def worker(db, clock) -> Callable[..., list]:
    """What the worker does at this moment. Returns all mails that have left so far."""

    def work(now: datetime) -> list:
        clock(now)
        services.keep_time(now=now)
        services.remind(now=now)
        services.sweep(now=now)
        while notifications.hand_over(now=now):
            pass
        while journal.sweep(now=now):
            pass
        return outbox.outbox

    return work


@pytest.fixture
def gate(db) -> Callable[[], None]:
    """`gate()`: this process reads what runs, as it would within two seconds."""
    return lambda: KEEPER.read()
