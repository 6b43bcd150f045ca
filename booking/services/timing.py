"""What ends by itself: times nobody paid, requests nobody answered. A row is due; a sweeper finds it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from .. import events, locks
from ..models import Booking
from ..states import BOOKINGS, By, Status
from . import claiming, giving_back


def end_due(*, now: datetime, limit: int = 200) -> int:
    """As often as a timer likes. Returns how many ended."""
    due = Booking.objects.filter(status__in=[Status.HELD, Status.REQUESTED], until__lte=now).order_by("until")
    due = due.exclude(status=Status.HELD, head__isnull=False)  # they end with the one that leads them
    return sum(_end(pk, now) for pk in due.values_list("pk", flat=True)[:limit])


@transaction.atomic
def _end(pk: int, now: datetime) -> bool:
    whole = locks.whole(Booking.objects.get(pk=pk))
    booking = next(one for one in whole if one.pk == pk)
    if booking.until is None or booking.until > now:
        return False
    if booking.status == Status.HELD:
        _expire(whole)
    elif booking.status == Status.REQUESTED:
        giving_back.give_back(booking, booking.paid, "unanswered", None, now)
        facts = {"until": None, "ended_at": now, "ended_by": By.PROVIDER, "reason": ""}
        BOOKINGS.move(booking, Status.DECLINED, event=events.DECLINED, data={"why": "unanswered"}, **facts)
    else:
        return False
    claiming.let_go(booking)
    return True


def _expire(whole: Sequence[Booking]) -> None:
    for one in whole:
        BOOKINGS.move(one, Status.EXPIRED, event=events.EXPIRED, hold_number=None, until=None)
        claiming.let_go(one)
