"""What lines about money become for people."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from core import journal, money
from core.models import Line
from notifications import services as notifications

from . import events, letters, notices, payout_receivers, queries  # noqa: F401  (it registers itself)
from .models import Attempt, Payment, Refund, RefundPart


@journal.on(events.PAID)
def tell_paid(line: Line) -> None:
    payment = line.subject
    if isinstance(payment, Payment):
        letters.paid(payment)
        _tell_payer(notices.PAID, payment, payment.amount, str(payment.public_id))


@journal.on(events.REFUND_DECIDED)
def tell_decided(line: Line) -> None:
    refund = line.subject
    if isinstance(refund, Refund):
        letters.refund_decided(refund)
        _tell_payer(notices.DECIDED, refund.payment, refund.amount, str(refund.public_id))


@journal.on(events.REFUND_SENT)
def tell_accepted(line: Line) -> None:
    refund = line.subject
    if isinstance(refund, Refund):
        letters.refund_sent(refund)
        _tell_payer(notices.ACCEPTED, refund.payment, refund.amount, str(refund.public_id))


@journal.on(events.REFUND_WITH_PERSON)
def call_a_person(line: Line) -> None:
    part = line.subject
    if isinstance(part, RefundPart):
        _tell_staff(notices.WITH_PERSON, part.refund.payment, part.amount, f"part {part.pk}")


@journal.on(events.ATTENTION)
def call_for_difference(line: Line) -> None:
    attempt = line.subject
    if isinstance(attempt, Attempt):
        _tell_staff(notices.DIFFERS, attempt.payment, attempt.amount, f"attempt {attempt.pk}")


def _tell_payer(kind: str, payment: Payment, amount: Any, key: str) -> None:
    if payment.payer:
        url = reverse("payments:payment", args=[payment.public_id])
        _tell(kind, payment.payer, payment, amount, key, url)


def _tell_staff(kind: str, payment: Payment, amount: Any, key: str) -> None:
    _tell(kind, queries.money_people(), payment, amount, key, reverse("payments_office", args=[payment.pk]))


def _tell(kind: str, to: Any, payment: Payment, amount: Any, key: str, url: str) -> None:
    what = ", ".join(payment.items.values_list("text", flat=True))[:200]
    facts = {"amount": money.display(amount), "what": what}
    notifications.notify(kind, to=to, key=key, data=facts, url=url, now=timezone.now())
