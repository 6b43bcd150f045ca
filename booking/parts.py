"""What a kind adds to the pages and steps of bookings. Kinds register here when the house starts.

@parts.shown(Kind.STAY, parts.OWNER, "booking/stays/_days.html")
def days(booking, *, now): return {"reports": …}      # None: not shown today

@parts.before(Kind.STAY, parts.ARRIVE)
def requirements(booking, *, now): raise …            # a Refused stops the step
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .kinds import Kind

OWNER, DESK, OFFERING = "owner", "desk", "offering"  # pages: of a customer, of a business, of what is offered
HOLD, ARRIVE, COMPLETE = "hold", "arrive", "complete"  # before a time is held it is asked about the offering

Facts = Callable[..., dict[str, Any] | None]
Check = Callable[..., None]


@dataclass(frozen=True)
class Part:
    """A template and what it reads, as `part`."""

    template: str
    facts: dict[str, Any]


_shown: dict[tuple[str, str], list[tuple[str, Facts]]] = defaultdict(list)
_before: dict[tuple[str, str], list[Check]] = defaultdict(list)


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


def of(thing: Any, page: str, *, now: datetime) -> list[Part]:
    """Of a booking, or on the page `OFFERING` of an offering."""
    found = ((template, facts(thing, now=now)) for template, facts in _shown[thing.kind, page])
    return [Part(template, facts) for template, facts in found if facts is not None]


def check(thing: Any, step: str, *, now: datetime) -> None:
    """Raises what a kind has against this step."""
    for one in _before[thing.kind, step]:
        one(thing, now=now)
