"""Going in and out. Each side has one connection: entering again ends the one before."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from core import journal

from ...models import Booking
from .. import advice, events
from ..errors import AdviceNotAccepted, RoomClosed, TakenOver
from ..models import Consultation, Presence
from ..states import Phase, Side


@transaction.atomic
def enter(
    *, consultation: Consultation, side: Side, by: Any, now: datetime, resume: UUID | None = None
) -> Presence:
    """Write down that this person is in, and end the side's other connection.

    `resume` is the connection she lost: it goes on where it is still the side's, else TakenOver. Raises
    RoomClosed, AdviceNotAccepted, NoAdviceText.
    """
    room = locked(consultation)
    if room.phase(now) != Phase.OPEN:
        raise RoomClosed
    if side == Side.OWNER and not advice.is_accepted(room, by):
        raise AdviceNotAccepted
    current = room.presences.select_for_update().filter(side=side, left_at=None).first()
    if resume and current:
        return _resumed(current, resume, by, now)
    if current:
        _end(current, now)
    row = Presence.objects.create(consultation=room, side=side, user=by, joined_at=now, seen_at=now)
    journal.write(events.ENTERED, actor=by, subject=room, data={"side": str(side)})
    return row


@transaction.atomic
def leave(*, presence: Presence, now: datetime) -> None:
    """Hung up, or closed the page. What has ended already stays as it ended."""
    row = Presence.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=presence.pk)
    if row.left_at is None:
        _end(row, now)
        journal.write(events.LEFT, actor=row.user, subject=row.consultation, data={"side": row.side})


def locked(consultation: Consultation) -> Consultation:
    """The room under its lock, with its booking as it is now. Bookings are locked before rooms.

    Two statements: a joined row would be the one from before waiting for the lock.
    """
    room = Consultation.objects.select_for_update().get(pk=consultation.pk)
    room.booking = Booking.objects.get(pk=room.booking_id)
    return room


def _resumed(current: Presence, key: UUID, by: Any, now: datetime) -> Presence:
    if current.key != key or current.user_id != by.pk:
        raise TakenOver
    current.seen_at = now
    current.save(update_fields=["seen_at"])
    return current


def _end(row: Presence, now: datetime) -> None:
    row.left_at = max(now, row.joined_at)
    row.save(update_fields=["left_at"])
