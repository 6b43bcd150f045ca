"""How rows of money are locked: what is paid first, then the payment, then its attempts; accounts last."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from .models import Attempt, Payment, PaymentItem, RefundPart


def payment(pk: int) -> Payment:
    """With all it is for, so that nobody else decides about the same slot or order meanwhile."""
    rows = PaymentItem.objects.filter(payment_id=pk).order_by("payable_type_id", "payable_id")
    rows = rows.prefetch_related("payable")
    things(item.payable for item in rows)
    found = Payment.objects.select_for_update(of=("self",)).select_related("payer").get(pk=pk)
    found._prefetched_objects_cache = {"items": rows}  # type: ignore[attr-defined]
    return found


def things(payables: Iterable) -> None:  # type: ignore[type-arg]
    """Each by its own `lock`; many of a kind at once, where the kind knows how."""
    for kind, group in groupby((one for one in payables if one is not None), type):
        found = list(group)
        if hasattr(kind, "lock_all"):
            kind.lock_all([one.pk for one in found])
        else:
            for one in found:
                one.lock()


def attempt(pk: int) -> Attempt:
    return Attempt.objects.select_for_update(of=("self",)).select_related("payment").get(pk=pk)


def part(pk: int) -> RefundPart:
    return (
        RefundPart.objects.select_for_update(of=("self",))
        .select_related("refund__payment", "attempt")
        .get(pk=pk)
    )
