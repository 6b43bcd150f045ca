"""The share of a payment that the wallet pays: set aside when a way is chosen, used or given back later."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from finance import services as books
from finance.models import Txn

from ..models import Payment
from . import accounts


def source(payment: Payment) -> str:
    return f"payments.payment:{payment.pk}"


def hold(*, payment: Payment, amount: Decimal, now: datetime) -> None:
    """Exactly this amount is set aside afterwards. The payment is locked. Raises NotEnough."""
    change = amount - payment.wallet_amount
    if not change:
        return
    wallet, aside = accounts.wallet(payment.payer), accounts.set_aside(payment.payer)
    giver, taker = (wallet, aside) if change > 0 else (aside, wallet)
    kind = "wallet_set_aside" if change > 0 else "wallet_released"
    _move(payment, kind, giver, taker, abs(change), now)
    payment.wallet_amount = amount
    payment.save(update_fields=["wallet_amount"])


def use(*, payment: Payment, now: datetime) -> None:
    """What was set aside arrives. `wallet_amount` stays: that much the wallet paid."""
    if payment.wallet_amount:
        aside, passing = accounts.set_aside(payment.payer), accounts.passing()
        _move(payment, "wallet_paid", aside, passing, payment.wallet_amount, now)


def _move(payment, kind, giver, taker, amount: Decimal, now: datetime) -> None:  # type: ignore[no-untyped-def]
    """The payment is locked, so its postings have an order and the number is a key."""
    number = Txn.objects.filter(source=source(payment)).count() + 1
    key = f"{kind} {payment.public_id} {number}"
    legs = [(giver, -amount), (taker, amount)]
    books.ledger.post(key=key, kind=kind, legs=legs, now=now, source=source(payment))
