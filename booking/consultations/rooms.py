"""Where a consultation is held: in our own room, or at a meeting address the business pasted.

A room knows what somebody gets who may enter; who may, and what is kept of it, is the same for all.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from django.conf import settings

from . import tokens
from .models import Consultation, Presence


class Room(Protocol):
    code: str
    is_ours: bool

    def way_in(self, presence: Presence, *, now: datetime) -> dict[str, Any]:
        """What the browser needs to go on, after the presence was written."""
        ...


class OwnRoom:
    """From browser to browser. Our server only brings the two together and keeps what is written."""

    code = "own"
    is_ours = True

    def way_in(self, presence: Presence, *, now: datetime) -> dict[str, Any]:
        return {
            "token": tokens.make(presence, now=now),
            "key": str(presence.key),
            "ice": settings.ICE_SERVERS,
        }


class LinkRoom:
    """The business runs the meeting itself; we show the way and note who took it."""

    code = "link"
    is_ours = False

    def way_in(self, presence: Presence, *, now: datetime) -> dict[str, Any]:
        return {"address": presence.consultation.address}


OWN, LINK = OwnRoom(), LinkRoom()


def of(consultation: Consultation) -> Room:
    return LINK if consultation.address else OWN
