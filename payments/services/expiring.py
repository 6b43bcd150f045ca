"""Payments that nobody paid end, and what the wallet had set aside for them comes back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from .. import events, locks
from ..errors import UnderWay
from ..models import Attempt, Payment
from ..states import LIVE, PAYMENTS, AttemptStatus, PaymentStatus
from . import wallets

UNDECIDED = [*LIVE, AttemptStatus.ATTENTION]


def expire_due(*, now: datetime, limit: int = 200) -> int:
    """Not while money may still come: an attempt that is open or unknown keeps its payment open."""
    undecided = Attempt.objects.filter(payment=OuterRef("pk"), status__in=UNDECIDED)
    due = Payment.objects.filter(~Exists(undecided), status=PaymentStatus.OPEN, expires_at__lte=now)
    return sum(_expire(pk, now) for pk in due.values_list("pk", flat=True)[:limit])


@transaction.atomic
def _expire(pk: int, now: datetime) -> bool:
    payment = locks.payment(pk)
    if payment.status != PaymentStatus.OPEN or _is_under_way(payment):
        return False
    _end(payment, PaymentStatus.EXPIRED, events.EXPIRED, None, now)
    return True


@transaction.atomic
def cancel_payment(*, payment: Payment, by: Any, now: datetime) -> None:
    """What was to be paid is not wanted any more. Money that still comes goes back by itself.

    Raises UnderWay while a provider has not said what became of it; MoveRefused when it is paid.
    """
    payment = locks.payment(payment.pk)
    if payment.attempts.filter(status__in=[AttemptStatus.UNKNOWN, AttemptStatus.REVIEW]).exists():
        raise UnderWay
    _end(payment, PaymentStatus.CANCELLED, events.CANCELLED, by, now)


@transaction.atomic
def give_up(*, payment: Payment, now: datetime) -> datetime | None:
    """What it was for is to be free again: end it, unless money may still come by a way that is open.

    Returns until when that way is open, or nothing when the payment is over. Safe to repeat.
    """
    payment = locks.payment(payment.pk)
    if until := max(_undecided(payment).values_list("expires_at", flat=True), default=None):
        return until
    if payment.status == PaymentStatus.OPEN:
        _end(payment, PaymentStatus.CANCELLED, events.CANCELLED, None, now)
    return None


def _undecided(payment: Payment) -> QuerySet[Attempt]:
    return payment.attempts.filter(status__in=UNDECIDED)


def _is_under_way(payment: Payment) -> bool:
    return _undecided(payment).exists()


def _end(payment: Payment, status: PaymentStatus, event: str, by: Any, now: datetime) -> None:
    wallets.hold(payment=payment, amount=Decimal(0), now=now)
    PAYMENTS.move(payment, status, event=event, actor=by)
