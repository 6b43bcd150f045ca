"""Plain data that one room offers and another sends on, without the two knowing each other.

    @offers.offer("menus")
    def menus(*, site: Site, language: str) -> dict: ...

Found by name: a room's `offers.py`. The home page offers menus and settings, the content API asks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Offer = Callable[..., dict[str, Any]]
_offers: dict[str, Offer] = {}


def offer(name: str) -> Callable[[Offer], Offer]:
    def register(read: Offer) -> Offer:
        _offers[name] = read
        return read

    return register


def ask(name: str, **question: Any) -> dict[str, Any]:
    """Raises LookupError when no room offers this."""
    return _offers[name](**question)
