"""Keys to a room: signed, for one connection of one side of one room, good for two minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing

from . import rules
from .errors import BadToken, TokenOver
from .models import Presence

SALT = "consultations.room"


@dataclass(frozen=True)
class Claims:
    key: UUID
    made_at: float

    def needs_renewal(self, now: datetime) -> bool:
        return now.timestamp() - self.made_at > rules.TOKEN_RENEWED_AFTER.total_seconds()


def make(presence: Presence, *, now: datetime) -> str:
    room = str(presence.consultation.public_id)
    return signing.dumps([room, presence.side, str(presence.key), now.timestamp()], salt=SALT)


def read(token: str, *, room: UUID, side: str, now: datetime) -> Claims:
    """Raises BadToken when it is not ours, or of another room or side; TokenOver after two minutes."""
    try:
        of_room, of_side, key, made_at = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise BadToken from error
    if (of_room, of_side) != (str(room), side):
        raise BadToken
    if now.timestamp() - made_at > rules.TOKEN_LIVES.total_seconds():
        raise TokenOver
    return Claims(UUID(key), made_at)
