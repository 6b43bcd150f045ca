"""The waiting room: who is expected, who waits and how long, who is inside, who is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from .agenda import Agenda, Entry
from .states import Status

LONG = timedelta(minutes=15)  # of waiting
MOST = {"expected": 4, "done": 3}  # cards; more are in the list below


@dataclass(frozen=True)
class Card:
    entry: Entry
    now: datetime

    @property
    def waited(self) -> int:
        """Minutes, until she was taken in or until now."""
        booking: Any = self.entry.booking
        return _minutes((booking.taken_in_at or self.now) - booking.arrived_at)

    @property
    def inside(self) -> int:
        booking: Any = self.entry.booking
        return _minutes(self.now - booking.taken_in_at)

    @property
    def is_long(self) -> bool:
        return self.waited * 60 >= LONG.total_seconds()

    @property
    def is_late(self) -> bool:
        return self.entry.starts <= self.now


@dataclass(frozen=True)
class Lane:
    code: str
    label: Any
    cards: Sequence[Card]
    more: int = 0

    @property
    def number(self) -> int:
        return len(self.cards) + self.more


@dataclass(frozen=True)
class Board:
    lanes: Sequence[Lane]
    average: int | None  # minutes of waiting today


def of(agenda: Agenda) -> Board:
    """Of the day of the agenda."""
    here = (one for one in agenda.bookings if one.booking and not one.booking.offering.traits.by_quote)
    cards = [Card(one, agenda.now) for one in here]  # who is fetched does not wait here
    by = {code: [card for card in cards if _lane(card.entry.booking) == code] for code in LABELS}
    by["done"].reverse()
    shown = [_shown(code, by[code]) for code in LABELS]
    waits = [card.waited for card in cards if card.entry.booking and card.entry.booking.taken_in_at]
    return Board(shown, round(sum(waits) / len(waits)) if waits else None)


LABELS = {
    "expected": _("Expected"),
    "waiting": _("Waiting"),
    "inside": _("Inside"),
    "done": _("Done"),
}


def _shown(code: str, cards: list[Card]) -> Lane:
    most = MOST.get(code, len(cards))
    return Lane(code, LABELS[code], cards[:most], max(0, len(cards) - most))


def _lane(booking: Any) -> str:
    if booking.status == Status.IN_SERVICE:
        return "inside" if booking.taken_in_at else "waiting"
    if booking.status in (Status.COMPLETED, Status.NO_SHOW):
        return "done"
    return "expected" if booking.status == Status.CONFIRMED else ""


def _minutes(length: timedelta) -> int:
    return max(0, int(length.total_seconds() // 60))
