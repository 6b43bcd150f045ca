"""The hours of a person: when her mails wait, and when the digest leaves."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

CATCH_UP = timedelta(hours=4)  # a worker that was away may be this late with a digest


def earliest(now: datetime, begins: time, ends: time) -> datetime:
    """`now`, or the end of the quiet hours in which it lies. They may run over midnight."""
    local = timezone.localtime(now)
    clock = local.time()
    inside = begins <= clock < ends if begins <= ends else clock >= begins or clock < ends
    if not inside:
        return now
    end = local.replace(hour=ends.hour, minute=ends.minute, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)


def digest_slots(now: datetime) -> list[datetime]:
    """The full hours whose digests may leave now, the newest first."""
    full = timezone.localtime(now).replace(minute=0, second=0, microsecond=0)
    return [full - timedelta(hours=back) for back in range(CATCH_UP // timedelta(hours=1))]
