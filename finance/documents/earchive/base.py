"""What every carrier can do. It speaks and returns what it heard; `sending` decides and writes."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from ...models import EState


class NoAnswer(Exception):
    """Handed over or not, nobody knows: asked again later, never taken for refused."""


@dataclass(frozen=True)
class Outcome:
    """`state` is one of sent, accepted, refused, or waiting: the carrier does not know this document."""

    state: EState
    reference: str = ""
    note: str = ""


class Carrier:
    """Base of carriers. The same ETTN sent twice has to stay one document there."""

    code = ""

    def send(self, *, number: str, ettn: str, xml: bytes) -> Outcome:
        """Raises NoAnswer."""
        raise NotImplementedError

    def look_up(self, *, number: str, ettn: str) -> Outcome:
        """Raises NoAnswer."""
        raise NotImplementedError


def carrier() -> Carrier | None:
    """None where no carrier is named: documents wait, and say so."""
    return import_string(settings.E_ARCHIVE)() if settings.E_ARCHIVE else None
