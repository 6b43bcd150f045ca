"""A top-up that Ayşe paid by transfer, and a part of it on its way back to her bank account."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from . import services
from .models import Payment, Reason, TopUp
from .providers.base import Method, Outcome, State

BROUGHT, BACK = Decimal(750), Decimal(200)


@transaction.atomic
def load() -> None:
    """By our own bank, so that no provider is asked about money it never saw."""
    if Payment.objects.exists():
        return
    people = {user.email.partition("@")[0]: user for user in get_user_model().objects.all()}
    ayse, now = people["ayse"], timezone.now()
    row = TopUp.objects.create(user=ayse, amount=BROUGHT, created_at=now - timedelta(hours=50))
    payment = services.start_payment(
        key="demo top-up", payables=[row], payer=ayse, now=now - timedelta(hours=50)
    )
    chosen: dict[str, Any] = {"provider": "transfer", "method": Method.TRANSFER, "wallet_amount": Decimal(0)}
    attempt = services.choose(payment=payment, now=now - timedelta(hours=50), **chosen)
    came: dict[str, Any] = {
        "reference": attempt.reference,
        "amount": BROUGHT,
        "currency": "TRY",
        "is_signed": True,
    }
    services.settle(attempt=attempt, outcome=Outcome(State.SETTLED, **came), now=now - timedelta(hours=47))
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
