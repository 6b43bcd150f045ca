"""Lira amounts: always `Decimal` with two places, rounded half up, split without losing a kuruş."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

KURUS = Decimal("0.01")
MINUS = "\N{MINUS SIGN}"


def lira(amount: Decimal | int | str) -> Decimal:
    """Round to kuruş, half up. A float is refused: it has already lost the amount."""
    if isinstance(amount, float):
        raise TypeError("money is never a float")
    return Decimal(amount).quantize(KURUS, ROUND_HALF_UP)


def split(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Share `total` by `weights`; the shares sum to it exactly (largest remainder, then first in line)."""
    whole = sum(weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be non-negative and sum to more than zero")
    exact = [lira(total) * Decimal(weight) / Decimal(whole) for weight in weights]
    shares = [part.quantize(KURUS, ROUND_DOWN) for part in exact]
    missing = lira(total) - sum(shares)
    step = KURUS.copy_sign(missing)
    by_remainder = sorted(range(len(exact)), key=lambda i: (-abs(exact[i] - shares[i]), i))
    for index in by_remainder[: int(abs(missing) / KURUS)]:
        shares[index] += step
    return shares


def display(amount: Decimal) -> str:
    """`₺1.234,50` in Turkish, `₺1,234.50` in English; a true minus sign in front of the lira sign."""
    digits = number_format(abs(lira(amount)), decimal_pos=2, use_l10n=True, force_grouping=True)
    return f"{MINUS if amount < 0 else ''}₺{digits}"
