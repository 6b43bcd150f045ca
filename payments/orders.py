"""Our rows as orders for a provider."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core.provinces import BY_CODE

from . import links
from .models import Attempt, Payment, RefundPart
from .providers.base import BasketLine, Buyer, LookUpOrder, Method, PaymentOrder, RefundOrder

INSTALMENTS = [1, 2, 3, 6, 9]


def payment_order(attempt: Attempt, buyer: Buyer | None) -> PaymentOrder:
    payment = attempt.payment
    return PaymentOrder(
        reference=attempt.reference,
        amount=attempt.amount,
        currency=attempt.currency,
        method=attempt.method,
        buyer=buyer or buyer_of(payment),
        lines=_lines(attempt),
        return_url=settings.BASE_URL + links.return_path(attempt),
        callback_url=settings.BASE_URL + reverse("payments_callback", args=[attempt.provider]),
        language=payment.locale,
        installments=INSTALMENTS if attempt.method == Method.CARD else [1],
        until=attempt.expires_at,
    )


def _lines(attempt: Attempt) -> list[BasketLine]:
    """The things that are paid; what the wallet pays of them is taken off from the last ones first."""
    off = attempt.payment.amount - attempt.amount
    lines = []
    for item in sorted(attempt.payment.items.all(), key=lambda one: -one.pk):
        share = min(off, item.amount)
        off -= share
        if item.amount > share:
            text = item.module or "wallet"
            lines.append(BasketLine(str(item.pk), item.text, text, item.amount - share, text == "store"))
    return lines[::-1]


def buyer_of(payment: Payment, *, ip: str = "", name: str = "", **known: str) -> Buyer:
    """What the account knows; a guest is known by what she typed. Nothing of it is stored here."""
    user: Any = payment.payer
    first, _space, family = (name or payment.name).strip().rpartition(" ")
    given = {"name": first or family or "Misafir", "surname": family or "Misafir", "email": payment.email}
    address = None
    if user is not None:
        given = {"name": user.first_name or "-", "surname": user.last_name or "-", "email": user.email}
        address = user.postal_addresses.order_by("-kind", "-is_default").first()
    return Buyer(
        id=str(user.public_id if hasattr(user, "public_id") else payment.public_id),
        phone=str(known.get("phone") or getattr(user, "phone", "") or ""),
        address=known.get("address") or (address.one_line if address else "-"),
        city=known.get("city") or (BY_CODE[address.province] if address else "İstanbul"),
        ip=ip or "127.0.0.1",
        identity_number=known.get("identity_number", ""),
        **given,
    )


def look_up_order(attempt: Attempt) -> LookUpOrder:
    return LookUpOrder(
        reference=attempt.reference,
        remote=attempt.remote,
        amount=attempt.amount,
        currency=attempt.currency,
        started_on=timezone.localdate(attempt.created_at),
    )


def refund_order(part: RefundPart) -> RefundOrder:
    attempt = part.attempt
    assert attempt is not None  # noqa: S101  (the wallet's part asks nobody)
    assert attempt.captured_at is not None  # noqa: S101
    done = attempt.refund_parts.filter(status="succeeded").exclude(pk=part.pk)
    return RefundOrder(
        reference=part.reference,
        payment_reference=attempt.reference,
        remote=attempt.remote,
        amount=part.amount,
        currency=attempt.currency,
        captured=attempt.paid_amount or attempt.captured,
        refunded=sum((one.amount for one in done), start=0 * part.amount),
        paid_on=timezone.localdate(attempt.captured_at),
    )
