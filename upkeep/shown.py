"""Which kept answers show upkeep: the banner stands on every page, so nearly all of them do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from core import response_cache

from . import gate

SHOWN = "upkeep"
MOMENTS = ("starts_at", "ends_at", "announced_at")


def ahead() -> str:
    """What the database says now, as a text that is kept with other facts of every page (`FRAME`)."""
    return json.dumps([_changed(asdict(known), datetime.isoformat) for known in gate.read()])


def read(ahead: str) -> tuple[gate.Known, ...]:
    return tuple(_known(row) for row in json.loads(ahead))


def _known(row: dict[str, Any]) -> gate.Known:
    return gate.Known(**_changed(row, datetime.fromisoformat) | {"prefixes": tuple(row["prefixes"])})


def _changed(row: dict[str, Any], change: Callable[[Any], Any]) -> dict[str, Any]:
    """JSON knows no moments."""
    return row | {name: change(row[name]) if row[name] else None for name in MOMENTS}


def purge() -> None:
    """What is announced, or how it goes, has changed."""
    response_cache.purge(SHOWN, response_cache.FRAME)


def purge_everything() -> None:
    """A part closes or opens: nothing that was kept before may be given out."""
    response_cache.purge(SHOWN, response_cache.FRAME, response_cache.EVERYTHING)
