"""What pieces of a line cost, so that all of them together cost exactly the line."""

from __future__ import annotations

from decimal import Decimal

from core import money


def of_pieces(price: Decimal, quantity: int, *, before: int, pieces: int) -> Decimal:
    """The share of `pieces` after `before` have gone; the last ones take the rest.

    Counted as a difference of two rounded sums: each piece is within a kuruş of its exact share, and the
    shares sum up to the price in whatever portions the pieces go.
    """
    if not 0 <= before <= before + pieces <= quantity or quantity < 1:
        raise ValueError("pieces are part of their line")
    return _up_to(price, quantity, before + pieces) - _up_to(price, quantity, before)


def _up_to(price: Decimal, quantity: int, pieces: int) -> Decimal:
    return money.lira(price * pieces / quantity)
