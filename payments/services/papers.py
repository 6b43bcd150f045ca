"""Documents: every charge has one, every refund of a charge one credit note, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from finance import documents, sold
from finance.models import Document, DocumentKind
from finance.sold import Sold

from ..models import Attempt, PaymentItem, Refund
from ..providers import registry


def lines(item: PaymentItem) -> list[Sold]:
    """What was sold, as it was frozen."""
    return [Sold(**{name: _read(name, value) for name, value in line.items()}) for line in item.sold]


def _read(name: str, value: str) -> Any:
    """Words are words, everything else is a number."""
    return value if name in ("text", "unit") else Decimal(value)


def vat(item: PaymentItem) -> Decimal:
    return sold.vat(lines(item))


def issue_sale(*, item: PaymentItem, attempt: Attempt, now: datetime) -> None:
    """The invoice or receipt of what was just settled. The last thing in the transaction of its money."""
    payment = item.payment
    documents.issue_sale(
        key=_key(item),
        kind=DocumentKind.INVOICE if item.payee else DocumentKind.RECEIPT,
        issuer=item.payee,
        buyer=payment.payer,
        buyer_name=payment.name,
        party=item.thing.invoice_to(),
        sold=lines(item),
        line=item.line,
        reference=str(payment.public_id)[:8].upper(),
        paid_with=_paid_with(attempt),
        now=now,
    )


def issue_credit(*, refund: Refund, now: datetime) -> None:
    """The credit note of what goes back. What never was settled has no document to give back."""
    of = document_of(refund.item)
    if of:
        why = str(refund.get_reason_display())
        documents.issue_credit(
            key=f"refund {refund.public_id}", of=of, amount=refund.amount, now=now, reason=why
        )


def document_of(item: PaymentItem | None) -> Document | None:
    return Document.objects.filter(key=_key(item)).first() if item else None


def documents_of(items: Iterable[PaymentItem]) -> list[Document]:
    return list(Document.objects.filter(key__in=[_key(item) for item in items]).order_by("pk"))


def credit_of(refund: Refund) -> Document | None:
    return Document.objects.filter(key=f"refund {refund.public_id}").first()


def _paid_with(attempt: Attempt) -> str:
    provider = registry.find(attempt.provider)
    return str(provider.label if provider else attempt.provider)


def _key(item: PaymentItem) -> str:
    return f"payment item {item.pk}"
