"""Orders as `payments.services` would give them."""

from __future__ import annotations

import secrets
import string
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from payments.providers import base

BUYER = base.Buyer(
    "7", "Ayşe", "Yıldız", "ayse@ornek.test", "+905321112233", "Moda Cad. 1 D:2", "İstanbul", "85.34.78.112"
)
IBAN = "TR330006100519786457841326"


def reference() -> str:
    return "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(20))


def order(amount: str = "150.00", **changed: Any) -> base.PaymentOrder:
    whole = Decimal(amount)
    lines = [
        base.BasketLine("1", "Kedi maması", "Mama", whole - 1, is_physical=True),
        base.BasketLine("2", "Kargo", "Kargo", Decimal("1.00")),
    ]
    made = base.PaymentOrder(
        reference(), whole, "TRY", "card", BUYER, lines,
        "https://diji.example/odeme/donus/", "https://diji.example/odeme/bildirim/", installments=[1],
    )  # fmt: skip
    return replace(made, **changed)


def look_up(order: base.PaymentOrder, remote: dict[str, Any] | None = None) -> base.LookUpOrder:
    today = timezone.localdate()
    return base.LookUpOrder(order.reference, remote or {}, order.amount, order.currency, today)


def refund(
    order: base.PaymentOrder, outcome: base.Outcome, amount: str = "", *, refunded: str = "0", days: int = 0
) -> base.RefundOrder:
    captured = outcome.paid or order.amount
    return base.RefundOrder(
        reference(), order.reference, outcome.remote, Decimal(amount or captured), order.currency,
        captured, Decimal(refunded), timezone.localdate() - timedelta(days=days), "85.34.78.112",
    )  # fmt: skip


def payout(amount: str = "50.00", iban: str = IBAN) -> base.PayoutOrder:
    return base.PayoutOrder(reference(), Decimal(amount), iban, "Pati Kliniği", "Hakediş 2026-11")
