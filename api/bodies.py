"""What the bodies of a list point to, read for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.fields import StreamValue

from core import renditions

from . import links


def preload(bodies: Iterable[StreamValue]) -> None:
    bodies = list(bodies)
    links.preload(bodies)
    renditions.preload(picture for body in bodies for picture in _pictures(body.raw_data))


def _pictures(blocks: Iterable[Any]) -> Iterator[int]:
    for block in blocks:
        if block["type"] == "picture" and (picture := _picture(block["value"].get("image"))):
            yield picture


def _picture(stored: Any) -> int | None:
    """Wagtail stores the id alone in old bodies, and with the words for it in new ones."""
    return stored.get("image") if isinstance(stored, dict) else stored
