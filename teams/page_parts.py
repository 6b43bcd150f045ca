"""What rooms above add to the public page of a business. They register when the house starts.

    @page_parts.shown("booking/search/_at_business.html")
    def bookable(business): return {"offerings": …}      # None: nothing to show

The page is a kept answer: whoever adds to it says `teams.shown.changed` with each change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Facts = Callable[[Any], dict[str, Any] | None]
_parts: list[tuple[str, Facts]] = []


@dataclass(frozen=True)
class Part:
    """A template and what it reads, as `part`."""

    template: str
    facts: dict[str, Any]


def shown(template: str) -> Callable[[Facts], Facts]:
    def register(facts: Facts) -> Facts:
        _parts.append((template, facts))
        return facts

    return register


def of(business: Any) -> list[Part]:
    found = ((template, facts(business)) for template, facts in _parts)
    return [Part(template, facts) for template, facts in found if facts is not None]
