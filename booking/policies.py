"""What goes back when a booking is cancelled: shown before booking, shown before the click, then done.

A policy is a list of tiers (hours before the start, percent that goes back), the longest first. Whoever
cancels so long before, or longer, has that percent of what was paid; after the last tier nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from core import money

from .kinds import TRAITS, Kind
from .states import By, Status


@dataclass(frozen=True)
class Tier:
    """Until this moment this much goes back. `until` None: afterwards."""

    until: datetime | None
    percent: int
    amount: Decimal


def tiers(policy: Sequence[Sequence[int]], starts_at: datetime, paid: Decimal) -> list[Tier]:
    """With the moments and the amounts of one booking; the last one says what is left to the end."""
    found = [
        Tier(starts_at - timedelta(hours=hours), percent, _part(paid, percent)) for hours, percent in policy
    ]
    return [*found, Tier(None, 0, Decimal(0))]


def percent_at(policy: Sequence[Sequence[int]], starts_at: datetime, now: datetime) -> int:
    return next(
        (percent for hours, percent in policy if now <= starts_at - timedelta(hours=hours)),
        0,
    )


def back(booking: Any, *, by: By, now: datetime) -> Decimal:
    """What goes back if it is cancelled now. All of it unless the customer herself gives up a fixed time."""
    left: Decimal = booking.paid - booking.refunded
    if by != By.CUSTOMER or booking.status in (Status.HELD, Status.REQUESTED):
        return left
    return min(left, _part(booking.paid, percent_at(booking.policy, booking.starts_at, now)))


def may_move(booking: Any, now: datetime) -> bool:
    """The customer moves it herself while cancelling would still cost nothing; what was agreed, together."""
    is_agreed = TRAITS[Kind(booking.kind)].by_quote
    return not is_agreed and percent_at(booking.policy, booking.starts_at, now) == 100


def is_sound(policy: Any) -> bool:
    """Tiers with falling hours and falling percents, each within its bounds."""
    if not isinstance(policy, list) or len(policy) > 5:
        return False
    if any(not isinstance(tier, list) or len(tier) != 2 for tier in policy):
        return False
    hours, percents = [tier[0] for tier in policy], [tier[1] for tier in policy]
    falls = all(a > b for a, b in pairwise(hours))
    falls &= all(a > b for a, b in pairwise(percents))
    return falls and all(0 <= one <= 24 * 90 for one in hours) and all(0 < one <= 100 for one in percents)


def _part(paid: Decimal, percent: int) -> Decimal:
    return money.lira(paid * percent / 100)
