"""What a kind adds to the pages and steps of bookings. Kinds register here when the house starts.

@parts.shown(Kind.STAY, parts.OWNER, "booking/stays/_days.html")
def days(booking, *, now): return {"reports": …}      # None: not shown today

@parts.before(Kind.STAY, parts.ARRIVE)
def requirements(booking, *, now): raise …            # a Refused stops the step

@parts.led(Kind.TRANSFER)
def has_a_driver(booking): return …                   # True: its steps are taken elsewhere
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .kinds import Kind

OWNER, DESK, OFFERING = "owner", "desk", "offering"  # pages: of a customer, of a business, of what is offered
HOLD = "hold"  # asked about the offering, before a time of it is held
ARRIVE, COMPLETE, MISS, REOPEN, CANCEL = "arrive", "complete", "miss", "reopen", "cancel"

Facts = Callable[..., dict[str, Any] | None]
Check = Callable[..., None]


@dataclass(frozen=True)
class Part:
    """A template and what it reads, as `part`."""

    template: str
    facts: dict[str, Any]


_shown: dict[tuple[str, str], list[tuple[str, Facts]]] = defaultdict(list)
_before: dict[tuple[str, str], list[Check]] = defaultdict(list)
_led: dict[str, Callable[[Any], bool]] = {}


def shown(kind: Kind, page: str, template: str) -> Callable[[Facts], Facts]:
    def register(facts: Facts) -> Facts:
        _shown[kind, page].append((template, facts))
        return facts

    return register


def before(kind: Kind, step: str) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        _before[kind, step].append(check)
        return check

    return register


def led(kind: Kind) -> Callable[[Callable[[Any], bool]], Callable[[Any], bool]]:
    """Register who says that the desk has no buttons for the steps of a booking of this kind."""

    def register(asks: Callable[[Any], bool]) -> Callable[[Any], bool]:
        _led[kind] = asks
        return asks

    return register


def is_led(booking: Any) -> bool:
    return booking.kind in _led and _led[booking.kind](booking)


def of(thing: Any, page: str, *, now: datetime) -> list[Part]:
    """Of a booking, or on the page `OFFERING` of an offering."""
    found = ((template, facts(thing, now=now)) for template, facts in _shown[thing.kind, page])
    return [Part(template, facts) for template, facts in found if facts is not None]


def check(thing: Any, step: str, *, now: datetime) -> None:
    """Raises what a kind has against this step."""
    for one in _before[thing.kind, step]:
        one(thing, now=now)
