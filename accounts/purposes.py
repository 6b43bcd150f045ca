"""What people may allow, one purpose each. Rooms declare theirs; nobody is asked for more.

    purposes.purpose("newsletter.email", title=_("Monthly newsletter"), text=_("Once a month by e-mail …"))

The words are the consent: what the person read is kept with her decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Purpose:
    code: str
    title: Any
    text: Any


_purposes: dict[str, Purpose] = {}


def purpose(code: str, *, title: Any, text: Any) -> Purpose:
    _purposes[code] = Purpose(code, title, text)
    return _purposes[code]


def every() -> list[Purpose]:
    return [_purposes[code] for code in sorted(_purposes)]


def get(code: str) -> Purpose | None:
    return _purposes.get(code)
