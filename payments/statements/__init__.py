"""Statements of our bank account: CSV, MT940 and CAMT.053 become the same lines.

    statement = statements.read(content, own_iban=…)      # raises Unreadable, in words for people

Files are hostile: size and lines are limited, XML is read without entities, a file whose sums do not fit
its balances is refused as a whole.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..payout_errors import Unreadable
from . import camt, mt940, table
from .lines import Statement, checked, refused

MOST_BYTES = 5 * 1024 * 1024

TOO_LARGE = _("A statement may have at most 5 MB.")
EMPTY = _("This file is empty.")
OTHER_ACCOUNT = _("This is the statement of another account (%(iban)s).")


def read(content: bytes, *, own_iban: str) -> Statement:
    if not content.strip():
        raise refused(EMPTY)
    if len(content) > MOST_BYTES:
        raise refused(TOO_LARGE)
    found = _reader(content)(content)
    if found.account and found.account.replace(" ", "") != own_iban:
        raise refused(OTHER_ACCOUNT, iban=found.account[-4:].rjust(6, "•"))
    return checked(found, own_iban)


def _reader(content: bytes):  # type: ignore[no-untyped-def]
    start = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:2000]
    if start.startswith(b"<"):
        return camt.read
    return mt940.read if b":20:" in start or start.startswith(b"{1:") else table.read


__all__ = ["MOST_BYTES", "Statement", "Unreadable", "read"]
