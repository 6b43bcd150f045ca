"""Live blocks: data that pages show from the rows that serve and charge, never typed by hand.

    @live.block("finance.commissions", title=_("Commission table"), template="finance/live/commissions.html")
    def commissions() -> dict: ...

An editor places a "Canlı veri" block in any page and picks a code; HTML renders the template with
the data as `data`, the content API sends the data as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Live:
    code: str
    title: Any
    template: str
    read: Callable[[], dict[str, Any]]


_blocks: dict[str, Live] = {}


def block(
    code: str, *, title: Any, template: str
) -> Callable[[Callable[[], dict[str, Any]]], Callable[[], dict[str, Any]]]:
    """Register a function that returns plain data (strings, numbers, lists, dicts)."""

    def register(read: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
        _blocks[code] = Live(code, title, template, read)
        return read

    return register


def get(code: str) -> Live | None:
    """The block of that code; None when the room that offered it is gone."""
    return _blocks.get(code)


def choices() -> list[tuple[str, Any]]:
    return [(entry.code, entry.title) for _, entry in sorted(_blocks.items())]
