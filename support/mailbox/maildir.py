"""A Maildir folder: new letters lie in `new/`, read ones move to `cur/`. Development and tests."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from . import LARGEST, Mailbox, Raw


class Maildir(Mailbox):
    def __init__(self) -> None:
        self.folder = Path(settings.SUPPORT_MAILDIR)
        mailbox.Maildir(str(self.folder), create=True)  # its three folders

    def fetch(self, most: int) -> Iterator[Raw]:
        files = sorted((self.folder / "new").iterdir(), key=lambda file: (file.stat().st_mtime_ns, file.name))
        for file in files[:most]:
            with file.open("rb") as letter:
                content = letter.read(LARGEST)
            yield Raw(file.name, content, file.stat().st_size > LARGEST)

    def done(self, raw: Raw) -> None:
        (self.folder / "new" / raw.key).rename(self.folder / "cur" / f"{raw.key}:2,S")

    @staticmethod
    def drop(content: bytes) -> None:
        """Put a letter in, as a mail server would. For development and tests."""
        mailbox.Maildir(str(settings.SUPPORT_MAILDIR), create=True).add(content)
