"""Lines of a document: text, quantity, amount with VAT and the VAT inside it, frozen as plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core import money

from ..sold import PIECE, Sold

ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """`vat` is what was booked; it is not counted anew, so that document and books agree."""

    text: str
    amount: Decimal
    vat: Decimal
    percent: Decimal
    quantity: Decimal = Decimal(1)
    unit: str = PIECE
    discount: Decimal = ZERO  # taken off already, with its VAT

    @property
    def net(self) -> Decimal:
        return self.amount - self.vat

    @property
    def discount_net(self) -> Decimal:
        return money.lira(self.discount * 100 / (100 + self.percent))

    @property
    def facts(self) -> dict[str, str]:
        return {name: str(value) for name, value in vars(self).items()}


def of_sold(sold: Iterable[Sold]) -> list[Line]:
    return [_line(one) for one in sold]


def _line(one: Sold) -> Line:
    if one.amount <= 0 or one.quantity <= 0 or one.discount < 0:
        raise ValueError("a line of a document is about money; what was taken off is its discount")
    return Line(
        one.text,
        money.lira(one.amount),
        one.vat,
        one.vat_percent,
        one.quantity,
        one.unit,
        money.lira(one.discount),
    )


def read(facts: dict[str, Any]) -> list[Line]:
    """As they were frozen, one for one."""
    return [_read(**row) for row in facts["lines"]]


def shown(facts: dict[str, Any]) -> list[Line]:
    """Without those of which a credit note gives back nothing."""
    return [line for line in read(facts) if line.amount]


def _read(text: str, unit: str, **figures: str) -> Line:
    return Line(text=text, unit=unit, **{name: Decimal(value) for name, value in figures.items()})


def gross(lines: Iterable[Line]) -> Decimal:
    return sum((line.amount for line in lines), ZERO)


def vat(lines: Iterable[Line]) -> Decimal:
    return sum((line.vat for line in lines), ZERO)


def by_percent(lines: Iterable[Line]) -> list[tuple[Decimal, Decimal, Decimal]]:
    """Rate, base and VAT of each rate, the lowest first."""
    found: dict[Decimal, list[Line]] = {}
    for line in lines:
        found.setdefault(line.percent.normalize(), []).append(line)
    return [(percent, gross(rows) - vat(rows), vat(rows)) for percent, rows in sorted(found.items())]


def credited(lines: list[Line], before: list[list[Line]], amount: Decimal, vat: Decimal) -> list[Line]:
    """What `amount`, with `vat` in it, gives back of each line after the credit notes `before`.

    Shared by what is left of the lines, so no line gives back more than it has and the last note takes
    exactly the rest. A line that gives nothing stays in its place with zero.
    """
    left = [line.amount - sum(note[place].amount for note in before) for place, line in enumerate(lines)]
    parts = money.split(amount, left)
    inside = [line.vat * part / line.amount for line, part in zip(lines, parts, strict=True)]
    taxes = money.split(vat, inside) if any(inside) else [ZERO] * len(lines)
    return [_back(*one) for one in zip(lines, parts, taxes, strict=True)]


def _back(line: Line, part: Decimal, vat: Decimal) -> Line:
    """The whole line comes back by its pieces, a part of it as one thing."""
    if part == line.amount:
        return Line(line.text, part, vat, line.percent, line.quantity, line.unit)
    return Line(line.text, part, vat, line.percent)
