"""A mailbox at a mail server, read by IMAP over TLS: `imaps://user:password@host:993/INBOX`.

What was read is marked as seen, nothing is deleted: the mail server keeps it as long as its owner wishes.
"""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from . import LARGEST, Mailbox, Raw

TIMEOUT = 20


class ImapError(Exception):
    """The server said no. The next run of the task tries again."""


class Imap(Mailbox):
    def __init__(self) -> None:
        address = urlsplit(str(settings.SUPPORT_IMAP_URL))
        if address.scheme != "imaps":
            raise ImapError("SUPPORT_IMAP_URL has to begin with imaps://")
        self.server: Any = imaplib.IMAP4_SSL(address.hostname or "", address.port or 993, timeout=TIMEOUT)
        self.server.login(unquote(address.username or ""), unquote(address.password or ""))
        self._ask("select", unquote(address.path.strip("/")) or "INBOX")

    def fetch(self, most: int) -> Iterator[Raw]:
        try:
            for number in self._ask("uid", "SEARCH", None, "UNSEEN")[0].split()[:most]:
                yield self._one(number)
        finally:
            self.server.logout()

    def done(self, raw: Raw) -> None:
        self._ask("uid", "STORE", raw.key, "+FLAGS", r"(\Seen)")

    def _one(self, number: bytes) -> Raw:
        size = self._ask("uid", "FETCH", number, "(RFC822.SIZE)")[0]
        is_too_large = int(size.rpartition(b"RFC822.SIZE ")[2].split(b")")[0].split()[0]) > LARGEST
        part = "(BODY.PEEK[HEADER])" if is_too_large else "(BODY.PEEK[])"
        return Raw(number.decode(), self._ask("uid", "FETCH", number, part)[0][1], is_too_large)

    def _ask(self, verb: str, *words: Any) -> Any:
        answer, data = getattr(self.server, verb)(*words)
        if answer != "OK":
            raise ImapError(f"{verb}: {answer}")
        return data
