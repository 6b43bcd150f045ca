"""Past its end, what is left of its price belongs to the business."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from finance import services as books

from .. import locks, rules
from ..models import Booking
from ..states import Status
from . import giving_back

EARNING = (Status.COMPLETED, Status.NO_SHOW, Status.CANCELLED)


def earn_due(*, now: datetime, limit: int = 200) -> int:
    due = Booking.objects.filter(
        earned_at=None, paid__gt=0, ends_at__lte=now - rules.EARNED_AFTER, status__in=EARNING
    )
    return sum(_earn(pk, now) for pk in due.order_by("ends_at").values_list("pk", flat=True)[:limit])


@transaction.atomic
def _earn(pk: int, now: datetime) -> bool:
    booking = locks.booking(pk)
    if booking.earned_at or booking.status not in EARNING:
        return False
    item = giving_back.paid_item(booking)
    if item and item.line:
        books.earn(line=item.line, now=now)
    Booking.objects.filter(pk=pk).update(earned_at=now)
    return True
