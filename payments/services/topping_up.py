"""A person puts money on her wallet. Behind a setting: it needs a licence or a licensed partner."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from core import journal, money

from .. import events
from ..errors import TopUpClosed
from ..models import Payment, TopUp
from .starting import start_payment


@transaction.atomic
def top_up(*, key: str, user: Any, amount: Decimal, now: datetime, locale: str = "tr") -> Payment:
    """The payment of a new top-up; with the same key the same one. Raises TopUpClosed."""
    if not settings.WALLET_TOP_UP:
        raise TopUpClosed
    known = Payment.objects.filter(key=key, payer=user).first()
    if known:
        return known
    row = TopUp.objects.create(user=user, amount=money.lira(amount), created_at=now)
    journal.write(events.TOP_UP, actor=user, subject=row)
    return start_payment(key=key, payables=[row], payer=user, now=now, locale=locale)
