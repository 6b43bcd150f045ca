"""What was sold, as a line of a document. Prices include VAT, as the buyer saw them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core import money

PIECE = "C62"  # UN/ECE recommendation 20, as UBL-TR asks for; HUR hour, DAY day, KGM kilogram


@dataclass(frozen=True)
class Sold:
    """`amount` is the whole line in lira with VAT; `vat_percent` the rate inside it (0 where exempt).

    `discount` was taken off the price before and is shown on the document; `amount` is what remained.
    """

    text: str
    amount: Decimal
    vat_percent: Decimal
    quantity: Decimal = Decimal(1)
    unit: str = PIECE
    discount: Decimal = Decimal(0)

    @property
    def vat(self) -> Decimal:
        return money.lira(self.amount * self.vat_percent / (100 + self.vat_percent))


def total(lines: Iterable[Sold]) -> Decimal:
    return sum((line.amount for line in lines), Decimal(0))


def vat(lines: Iterable[Sold]) -> Decimal:
    """Rounded on each line, so that lines, document and books agree."""
    return sum((line.vat for line in lines), Decimal(0))
