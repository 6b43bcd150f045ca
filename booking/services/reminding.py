"""Two days and three hours before it begins. A stage that was missed is made up for by the nearest one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from core import journal

from .. import events, rules
from ..models import Booking
from ..states import Status


def remind_due(*, now: datetime, limit: int = 500) -> int:
    """As often as a timer likes. Returns how many were reminded."""
    soon = Q()
    for stage, before in enumerate(rules.REMIND):
        soon |= Q(reminded__lte=stage, starts_at__lte=now + before)
    due = Booking.objects.filter(soon, status=Status.CONFIRMED, starts_at__gt=now, customer__isnull=False)
    return sum(_remind(pk, now) for pk in due.order_by("starts_at").values_list("pk", flat=True)[:limit])


@transaction.atomic
def _remind(pk: int, now: datetime) -> bool:
    """Whoever booked within that time has just been told, and needs no reminder of it."""
    row: Any = Booking.objects.select_for_update().get(pk=pk)
    stage = sum(row.starts_at <= now + before for before in rules.REMIND)
    if row.status != Status.CONFIRMED or row.reminded >= stage:
        return False
    Booking.objects.filter(pk=pk).update(reminded=stage)
    if row.made_at > row.starts_at - rules.REMIND[stage - 1]:
        return False
    journal.write(events.REMINDED, subject=row, data={"stage": stage})
    return True
