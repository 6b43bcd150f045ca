"""Documents: every charge has one, every refund of a charge one credit note, in the same transaction."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from finance import sold
from finance.sold import Sold

from ..models import Attempt, PaymentItem, Refund


def lines(item: PaymentItem) -> list[Sold]:
    """What was sold, as it was frozen."""
    numbers = ("amount", "vat_percent", "quantity")
    return [Sold(**{**line, **{name: Decimal(line[name]) for name in numbers}}) for line in item.sold]


def vat(item: PaymentItem) -> Decimal:
    return sold.vat(lines(item))


def issue_sale(*, item: PaymentItem, attempt: Attempt, now: datetime) -> None:
    """The invoice or receipt of what was just settled."""


def issue_credit(*, refund: Refund, now: datetime) -> None:
    """The credit note of what goes back."""
