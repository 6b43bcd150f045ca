"""What each session of a course costs: equal shares, the last one takes the rest."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

KURUS = Decimal("0.01")


def shares(total: Decimal, sessions: int) -> list[Decimal]:
    one = (total / sessions).quantize(KURUS, ROUND_DOWN)
    return [one] * (sessions - 1) + [total - one * (sessions - 1)]
