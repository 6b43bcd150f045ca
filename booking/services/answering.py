"""Whoever was reminded says that she comes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core import journal
from core.states import MoveRefused

from .. import events
from ..models import Booking
from ..states import Status


@transaction.atomic
def say_coming(*, booking: Booking, now: datetime) -> None:
    """Said twice it is said once. Raises MoveRefused when there is nothing to come to any more."""
    fixed = Booking.objects.filter(pk=booking.pk, status=Status.CONFIRMED, starts_at__gt=now)
    if fixed.filter(coming_at=None).update(coming_at=now):
        journal.write(events.COMING, actor=booking.customer, subject=booking)
    elif not fixed.exists():
        raise MoveRefused
