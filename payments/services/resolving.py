"""A person decides about an attempt whose figures are not ours."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from core.states import MoveRefused

from .. import events, locks
from ..models import Attempt, Reason
from ..providers.base import Outcome, State
from ..states import ATTEMPTS, AttemptStatus
from . import returning, settling


@transaction.atomic
def return_it(*, attempt: Attempt, amount: Decimal, by: Any, now: datetime) -> None:
    """This much came, and it goes back the way it came. Raises MoveRefused."""
    payment = locks.payment(attempt.payment_id)
    attempt = _waiting(attempt)
    attempt.payment = payment
    settling.book(payment=payment, attempt=attempt, amount=amount, outcome=Outcome(State.SETTLED), now=now)
    returning.give_back(payment=payment, attempt=attempt, reason=Reason.LATE, now=now, by=by)


@transaction.atomic
def nothing_came(*, attempt: Attempt, by: Any, now: datetime) -> None:
    """The provider confirmed that it holds nothing of this. Raises MoveRefused."""
    locks.payment(attempt.payment_id)
    attempt = _waiting(attempt)
    ATTEMPTS.move(attempt, AttemptStatus.FAILED, event=events.ATTEMPT, actor=by, look_at=None)


def _waiting(attempt: Attempt) -> Attempt:
    """Figures that differ, or silence for a day: nothing else is for a person to decide."""
    attempt = locks.attempt(attempt.pk)
    silent = attempt.status == AttemptStatus.UNKNOWN and attempt.look_at is None
    if attempt.status != AttemptStatus.ATTENTION and not silent:
        raise MoveRefused
    return attempt
