"""Nobody of the business came: the owner says so, and all that was paid goes back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import journal
from core.states import MoveRefused

from ... import locks
from ... import services as bookings
from ...states import By, Status
from .. import events, queries, rules
from ..errors import NotYet, SomebodyCame, TooLateToReport
from ..models import Consultation
from ..states import LIVE, Side
from . import entering


@transaction.atomic
def report_nobody(*, consultation: Consultation, by: Any, now: datetime) -> Decimal:
    """Returns what goes back. Raises SomebodyCame, NotYet, TooLateToReport, MoveRefused.

    Under the lock of the room, so nobody enters while it is counted who was there.
    """
    booking = locks.booking(consultation.booking_id)
    room = entering.locked(consultation)
    check(room, now=now)
    if booking.status == Status.NO_SHOW:  # the business said that she did not come
        bookings.reopen(booking=booking, by=by, now=now)
    told = {"business": booking.business_id, "waited": len(queries.presences_of(room))}
    journal.write(events.NOBODY_CAME, actor=by, subject=room, data=told)
    reason = _("Nobody of the business came into the room.")
    return bookings.cancel(booking=booking, role=By.PROVIDER, by=by, now=now, reason=reason)


def check(room: Consultation, *, now: datetime) -> None:
    """Raises what stands against it."""
    booking = room.booking
    if booking.status not in LIVE | {Status.NO_SHOW}:
        raise MoveRefused
    if queries.was_there(room, Side.VET):
        raise SomebodyCame
    if now < booking.starts_at + rules.NOBODY_AFTER or not queries.waited(room, Side.OWNER):
        raise NotYet
    if now > booking.ends_at + rules.NOBODY_UNTIL or booking.earned_at:
        raise TooLateToReport
