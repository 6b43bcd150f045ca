"""What somebody has kept and not paid yet may ride along: one payment for a basket and a time.

Rooms that keep things register a finder; whoever asks for money of another room shows what it finds.

    @riders.finder
    def kept(user, *, now): return Booking.objects.filter(…)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from .contracts import Payable


@dataclass(frozen=True)
class Rider:
    """`code` names the thing in a form and in a session."""

    thing: Payable

    @property
    def code(self) -> str:
        return f"{type(self.thing).__name__.lower()}-{self.thing.pk}"

    @property
    def amount(self) -> Decimal:
        return self.thing.amount_due()

    @property
    def until(self) -> datetime | None:
        return self.thing.held_until()


Finder = Callable[..., Iterable[Payable]]
_finders: list[Finder] = []


def finder(find: Finder) -> Finder:
    _finders.append(find)
    return find


def waiting(user: Any, *, now: datetime) -> list[Rider]:
    """Of this person; a guest keeps nothing."""
    if user is None:
        return []
    return [Rider(thing) for find in _finders for thing in find(user, now=now)]


def chosen(user: Any, codes: Collection[str], *, now: datetime) -> list[Rider]:
    """Those of the chosen ones that still wait."""
    return [one for one in waiting(user, now=now) if one.code in codes] if codes else []
