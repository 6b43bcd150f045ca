"""Which kept answers show upkeep: the banner stands on every page, so nearly all of them do."""

from __future__ import annotations

from core import response_cache

SHOWN = "upkeep"


def purge() -> None:
    """What is announced, or how it goes, has changed."""
    response_cache.purge(SHOWN, response_cache.FRAME)


def purge_everything() -> None:
    """A part closes or opens: nothing that was kept before may be given out."""
    response_cache.purge(SHOWN, response_cache.FRAME, response_cache.EVERYTHING)
