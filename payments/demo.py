"""A top-up that Ayşe paid by transfer, and a part of it on its way back to her bank account."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from . import services
from .models import Payment, Reason, TopUp
from .providers.base import Method, Outcome, State

BROUGHT, BACK = Decimal(750), Decimal(200)


def pay_by_transfer(*, key: str, payables: list[Any], payer: Any, at: datetime) -> Payment:
    """Demo content of other rooms is paid by our own bank, so that no provider is asked about it."""
    payment = services.start_payment(key=key, payables=payables, payer=payer, now=at)
    chosen: dict[str, Any] = {"provider": "transfer", "method": Method.TRANSFER, "wallet_amount": Decimal(0)}
    attempt = services.choose(payment=payment, now=at, **chosen)
    came: dict[str, Any] = {"reference": attempt.reference, "amount": payment.amount, "currency": "TRY"}
    outcome = Outcome(State.SETTLED, is_signed=True, **came)
    services.settle(attempt=attempt, outcome=outcome, now=at + timedelta(minutes=10))
    return payment


@transaction.atomic
def load() -> None:
    """By our own bank, so that no provider is asked about money it never saw."""
    if Payment.objects.exists():
        return
    people = {user.email.partition("@")[0]: user for user in get_user_model().objects.all()}
    ayse, now = people["ayse"], timezone.now()
    row = TopUp.objects.create(user=ayse, amount=BROUGHT, created_at=now - timedelta(hours=50))
    payment = pay_by_transfer(key="demo top-up", payables=[row], payer=ayse, at=now - timedelta(hours=50))
    item = payment.items.get()
    facts: dict[str, Any] = {
        "reason": Reason.GOODWILL,
        "by": people["finans"],
        "now": now - timedelta(hours=1),
    }
    refund = services.refund_item(key="demo refund", item=item, amount=BACK, **facts)
    sent: dict[str, Any] = {
        "by": people["finans"],
        "bank_reference": "EFT-40817",
        "now": now - timedelta(minutes=40),
    }
    services.sent_by_hand(part=refund.parts.get(), **sent)
