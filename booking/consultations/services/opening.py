"""A confirmed booking gets its room; both sides are told before it opens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from core import journal

from ...models import Booking
from .. import events, rules
from ..models import Consultation
from ..states import LIVE


@transaction.atomic
def make_room(*, booking: Booking, now: datetime) -> Consultation | None:
    """Once for each booking, also when its line is read again. A guest has no account to enter with."""
    if booking.customer_id is None:
        return None
    row, is_new = Consultation.objects.get_or_create(booking=booking, defaults={"made_at": now})
    if is_new:
        journal.write(events.OPENED, subject=row, data={"business": booking.business_id})
    return row


@transaction.atomic
def set_address(*, consultation: Consultation, address: str, by: Any, now: datetime) -> None:
    """Hold it at this https address, or (empty) in our own room."""
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if row.address == address:
        return
    row.address = consultation.address = address
    row.save(update_fields=["address"])
    journal.write(events.ADDRESS_SET, actor=by, subject=row, data={"host": row.host})


def tell_due(*, now: datetime, limit: int = 200) -> int:
    """As often as a timer likes. Returns of how many both sides are told now."""
    due = Consultation.objects.filter(
        Q(told_for=None) | ~Q(told_for=F("booking__starts_at")),
        booking__status__in=LIVE,
        booking__starts_at__gt=now,
        booking__starts_at__lte=now + rules.TELL_BEFORE,
    )
    return sum(
        _tell(pk, now) for pk in due.order_by("booking__starts_at").values_list("pk", flat=True)[:limit]
    )


@transaction.atomic
def _tell(pk: int, now: datetime) -> bool:
    row = Consultation.objects.select_for_update(of=("self",)).select_related("booking").get(pk=pk)
    row.booking.refresh_from_db(fields=["starts_at"])  # as it is now, not as it was before the lock
    starts_at = row.booking.starts_at
    if row.told_for == starts_at or not now < starts_at <= now + rules.TELL_BEFORE:
        return False
    row.told_for = starts_at
    row.save(update_fields=["told_for"])
    journal.write(events.OPENS_SOON, subject=row, data={"for": starts_at.isoformat()})
    return True
