"""How rows of money are locked: what is paid first, then the payment, then its attempts; accounts last."""

from __future__ import annotations

from collections.abc import Iterable

from .models import Attempt, Payment, PaymentItem, RefundPart


def payment(pk: int) -> Payment:
    """With all it is for, so that nobody else decides about the same slot or order meanwhile."""
    items = PaymentItem.objects.filter(payment_id=pk).order_by("payable_type_id", "payable_id")
    things(item.payable for item in items.prefetch_related("payable"))
    return Payment.objects.select_for_update(of=("self",)).select_related("payer").get(pk=pk)


def things(payables: Iterable) -> None:  # type: ignore[type-arg]
    for one in payables:
        if one is not None:
            one.lock()


def attempt(pk: int) -> Attempt:
    return Attempt.objects.select_for_update(of=("self",)).select_related("payment").get(pk=pk)


def part(pk: int) -> RefundPart:
    return (
        RefundPart.objects.select_for_update(of=("self",))
        .select_related("refund__payment", "attempt")
        .get(pk=pk)
    )
