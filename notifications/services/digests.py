"""The daily digest: one mail with what happened up to its hour, or none."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from .. import events, queries, quiet
from ..channels import email
from ..models import Delivery, Digest
from ..states import MOVES, Status
from .delivering import reasons_to_stop


def send_digests(*, now: datetime) -> int:
    """Queue the digests whose hour has come. Returns how many; a second run finds none left."""
    sent = 0
    for slot in quiet.digest_slots(now):
        for person in queries.waiting_for_digest(slot):
            sent += _send(person, slot, now)
    return sent


@transaction.atomic
def _send(person: Any, slot: datetime, now: datetime) -> bool:
    """The unique row of the day comes first, so a rival waits here and then finds nothing to do."""
    digest, is_new = Digest.objects.get_or_create(recipient=person, day=slot.date())
    if not is_new:
        return False
    rows = _without_stopped(list(_pending(person, slot)), now)
    if not rows:
        return False
    digest.mail = email.send_digest(person, [row.notice for row in rows])
    digest.save(update_fields=["mail"])
    for row in rows:
        MOVES.move(row, Status.QUEUED, event=events.DELIVERY_MOVED, at=now, mail=digest.mail)
    return True


def _pending(person: Any, slot: datetime) -> Any:
    found = Delivery.objects.for_digest(slot).filter(notice__recipient=person)
    return found.select_related("notice__recipient").order_by("notice__at", "pk")


def _without_stopped(rows: list[Delivery], now: datetime) -> list[Delivery]:
    stops = reasons_to_stop(rows)
    for row in rows:
        if row.pk in stops:
            MOVES.move(row, Status.SUPPRESSED, event=events.DELIVERY_MOVED, at=now, error=stops[row.pk].value)
    return [row for row in rows if row.pk not in stops]
