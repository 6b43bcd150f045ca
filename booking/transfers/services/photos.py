"""Photos of a journey: drawn anew, kept where no address leads, gone with what failed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import IO, TypeVar

from django.core.files.base import ContentFile

from core import photos, storage

LONGEST_EDGE = 1280
Done = TypeVar("Done")


def checked(file: IO[bytes]) -> bytes:
    """Raises ValidationError with words for people."""
    return photos.checked_image(file, longest_edge=LONGEST_EDGE)


def keeping(jpeg: bytes | None, verb: Callable[[str], Done]) -> Done:
    """Call the verb with the name of the photo (or nothing); a file that nothing points at is not left."""
    name = storage.private().save(_name(), ContentFile(jpeg)) if jpeg else ""
    try:
        done = verb(name)
    except BaseException:
        drop(name)
        raise
    if getattr(done, "photo", "") != name:  # refused, or sent a second time
        drop(name)
    return done


def _name() -> str:
    return f"transfers/{uuid.uuid4().hex}.jpg"


def drop(name: str) -> None:
    if name:
        storage.private().delete(name)
