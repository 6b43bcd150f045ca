"""A pause: the account stands still, nothing of it is deleted, and its owner may come back at any time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from core import mail

from .. import events
from ..models import User
from ..states import MOVES, Status


@transaction.atomic
def suspend_account(*, user: User, until: datetime | None, by: Any, reason: str) -> None:
    """Pause an account. Rooms that list or remind hear `accounts.suspended`. Raises MoveRefused."""
    told = {"until": until.isoformat() if until else None, "reason": reason}
    MOVES.move(user, Status.SUSPENDED, event=events.SUSPENDED, actor=by, data=told, suspended_until=until)
    mail.send(
        "account_paused", to=user.email, context={"email": user.email, "until": until}, locale=user.locale
    )


@transaction.atomic
def return_account(*, user: User, by: Any) -> None:
    """End a pause, by the owner herself, by staff, or by its date (`by` is None then)."""
    MOVES.move(user, Status.ACTIVE, event=events.RETURNED, actor=by, suspended_until=None)


def end_pauses(*, now: datetime) -> int:
    """Accounts whose last day of pause is over come back. Doing it twice changes nothing."""
    over = User.objects.filter(status=Status.SUSPENDED, suspended_until__lte=now)
    ended = 0
    for user in over:
        return_account(user=user, by=None)
        ended += 1
    return ended
