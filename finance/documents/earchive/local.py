"""A carrier for development: a folder. It plays what a real one does, and its word counts nowhere.

Documents carried by it say `yerel`, so that nobody takes them for known to the tax office. A reference that
ends in `RED` is refused at the second look, one in `SUS` gets no answer.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from ...models import EState
from .base import Carrier, NoAnswer, Outcome


class Local(Carrier):
    code = "yerel"

    def send(self, *, number: str, ettn: str, xml: bytes) -> Outcome:
        self._place(ettn).parent.mkdir(parents=True, exist_ok=True)
        self._place(ettn).write_bytes(xml)
        if _wish(xml) == b"SUS":
            raise NoAnswer("yerel: sustu")
        return Outcome(EState.SENT, reference=f"yerel-{number}")

    def look_up(self, *, number: str, ettn: str) -> Outcome:
        if not self._place(ettn).exists():
            return Outcome(EState.WAITING)
        if _wish(self._place(ettn).read_bytes()) == b"RED":
            return Outcome(EState.REFUSED, f"yerel-{number}", "yerel: referans RED ile bitiyor")
        return Outcome(EState.ACCEPTED, f"yerel-{number}")

    def _place(self, ettn: str) -> Path:
        return Path(settings.E_ARCHIVE_FOLDER) / f"{ettn}.xml"


def _wish(xml: bytes) -> bytes:
    found = re.search(rb"<cbc:Note>[^<]*(RED|SUS)</cbc:Note>", xml)
    return found[1] if found else b""
