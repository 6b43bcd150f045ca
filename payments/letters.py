"""Mails about a payment and its refunds, to members and guests alike."""

from __future__ import annotations

from typing import Any

from core import mail

from . import clocks, links
from .models import Payment, Reason, Refund
from .services.papers import credit_of, documents_of

PAID, DECIDED, SENT = "payments/paid", "payments/refund_decided", "payments/refund_sent"


def paid(payment: Payment) -> None:
    items = list(payment.items.select_related("payee").order_by("pk"))
    _send(PAID, payment, items=items, documents=documents_of(items))


def refund_decided(refund: Refund) -> None:
    """Only where she does not expect it: money that came too late, or twice."""
    if refund.reason in (Reason.LATE, Reason.TWICE):
        _send(DECIDED, refund.payment, refund=refund)


def refund_sent(refund: Refund) -> None:
    found = clocks.of(refund)
    day = max((clock.seen_by for clock in found if clock.seen_by), default=None)
    _send(SENT, refund.payment, refund=refund, clocks=found, day=day, credit=credit_of(refund))


def _send(template: str, payment: Payment, **facts: Any) -> None:
    to = payment.payer.email if payment.payer else payment.email
    if not to:
        return
    name = payment.payer.first_name if payment.payer else payment.name
    context = {"payment": payment, "name": name, "url": links.url(payment), **facts}
    locale = (getattr(payment.payer, "locale", "") or payment.locale) if payment.payer else payment.locale
    mail.send(template, to=to, context=context, locale=locale)
