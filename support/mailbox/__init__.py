"""Where answers by mail arrive. A mailbox is a class with two methods:

    def fetch(self, most: int) -> Iterator[Raw]     # whole letters, the oldest first
    def done(self, raw: Raw) -> None                # taken: do not give it again

A letter that is fetched twice because a worker died in between does no harm (`models.Letter.digest`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

LARGEST = 25 * 1024 * 1024


@dataclass(frozen=True)
class Raw:
    """One letter as it came. `content` is its head alone where the whole is larger than we read."""

    key: str
    content: bytes
    is_too_large: bool = False


class Mailbox:
    def fetch(self, most: int) -> Iterator[Raw]:
        raise NotImplementedError

    def done(self, raw: Raw) -> None:
        raise NotImplementedError


def opened() -> Mailbox:
    """The mailbox that the settings name."""
    return import_string(settings.SUPPORT_MAILBOX)()
