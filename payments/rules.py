"""How long things take, in one place."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

OPEN_FOR = timedelta(hours=24)  # a payment nobody paid
PAGE_FOR = timedelta(minutes=30)  # a page of a provider
TIME_TO_PAY = timedelta(minutes=5)  # a page with less left is not shown again
TRANSFER_DAYS = 3  # business days in which a transfer arrives
NEVER_SHOWN = timedelta(seconds=45)  # an attempt without a page this long after its intent has none
ASK_AFTER = [timedelta(minutes=minutes) for minutes in (1, 3, 10, 30)]
ASK_EVERY = timedelta(hours=1)
ASK_FOR = timedelta(hours=24)
ASK_TRANSFER_EVERY = timedelta(days=1)
ASK_TRANSFER_FOR = timedelta(days=7)
LEASE = timedelta(minutes=1)  # in which one worker talks to a bank about one row
ALARM_AFTER = timedelta(hours=2)
SWEEP_AT = time(23, 30)  # local; who is still waiting for money gets a person today
BANK_DAYS = 7  # business days in which a bank shows a refund, at most
SMALLEST_TOP_UP, LARGEST_TOP_UP = 10, 20_000


def next_look(*, looks: int, begun: datetime, now: datetime) -> datetime | None:
    """When an attempt is asked about again; None: a person has to."""
    if now - begun >= ASK_FOR:
        return None
    return now + (ASK_AFTER[looks] if looks < len(ASK_AFTER) else ASK_EVERY)


def next_transfer_look(*, begun: datetime, now: datetime) -> datetime | None:
    return None if now - begun >= ASK_TRANSFER_FOR else now + ASK_TRANSFER_EVERY


def next_try(*, tries: int, now: datetime) -> datetime:
    """When a refund that nobody answered for is asked about again."""
    return now + (ASK_AFTER[tries - 1] if 0 < tries <= len(ASK_AFTER) else ASK_EVERY)


def is_late_today(*, since: datetime, now: datetime) -> bool:
    """Two hours without an end, or the evening: then a person has to see it the same day."""
    return now - since >= ALARM_AFTER or timezone.localtime(now).time() >= SWEEP_AT
