"""How rows of money are locked: what is paid first, then the payment, then its attempts; accounts last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from .models import Attempt, Payment, PaymentItem, RefundPart


def payment(pk: int) -> Payment:
    """With all it is for, so that nobody else decides about the same slot or order meanwhile."""
    rows = PaymentItem.objects.filter(payment_id=pk).order_by("payable_type_id", "payable_id")
    rows = rows.prefetch_related("payable")
    things(item.payable for item in rows)
    found = Payment.objects.select_for_update(of=("self",)).select_related("payer").get(pk=pk)
    found._prefetched_objects_cache = {"items": rows}  # type: ignore[attr-defined]
    return found


def payment_alone(pk: int) -> Payment:
    """Without what it is for: enough where nothing but the payment and its attempts is decided about."""
    return Payment.objects.select_for_update(of=("self",)).get(pk=pk)


def things(payables: Iterable) -> None:  # type: ignore[type-arg]
    """Each by its own `lock`; many of a kind at once, where the kind knows how."""
    for kind, group in groupby((one for one in payables if one is not None), type):
        found = list(group)
        if hasattr(kind, "lock_all"):
            kind.lock_all([one.pk for one in found])
        else:
            for one in found:
                one.lock()


def check_payable(payables: Iterable[Any], *, now: datetime) -> None:
    """Each by its own word, once it is locked; many of a kind at once, where the kind knows how."""
    for kind, group in groupby(payables, type):
        found = list(group)
        if hasattr(kind, "check_all_payable"):
            kind.check_all_payable([one.pk for one in found], now=now)
        else:
            for one in found:
                one.check_payable(now=now)


def attempt(pk: int) -> Attempt:
    return Attempt.objects.select_for_update(of=("self",)).select_related("payment").get(pk=pk)


def part(pk: int) -> RefundPart:
    return (
        RefundPart.objects.select_for_update(of=("self",))
        .select_related("refund__payment", "attempt")
        .get(pk=pk)
    )
