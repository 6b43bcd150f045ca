"""What two browsers and our server tell each other, once a second: signals, messages, who is there.

One exchange is one short request without session and without waiting, so no worker is held by a call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from core import limits

from .. import access, rules, tokens
from ..errors import BadToken, HasLeft, RoomClosed, TakenOver, TooMuch
from ..models import Consultation, Message, Presence, Signal
from ..states import Phase, Side


@dataclass(frozen=True)
class Sent:
    """What a browser brings. `signals_after` and `messages_after` are the last it has read."""

    signals: Sequence[Any] = ()
    to: UUID | None = None  # the connection the signals are meant for
    message: tuple[UUID, str] | None = None
    signals_after: int = 0
    messages_after: int = 0


@dataclass
class News:
    peer: Presence | None
    room: Consultation
    signals: list[Signal] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    token: str = ""


def exchange(*, token: str, room: UUID, side: str, sent: Sent, now: datetime) -> News:
    """Raises BadToken, TokenOver, TakenOver, HasLeft, RoomClosed, TooMuch."""
    claims = tokens.read(token, room=room, side=side, now=now)
    mine = _connection(claims, now)
    if claims.needs_renewal(now) and not access.may_stay(mine):
        raise BadToken
    _be_seen(mine, now)
    news = News(_peer_of(mine), mine.consultation)
    if sent.message:
        _write(mine, *sent.message, now)
    if sent.signals and news.peer and news.peer.key == sent.to:
        _pass_on(mine, news.peer, sent.signals, now)
    news.signals = _signals(mine, sent.signals_after)
    news.messages = list(mine.consultation.messages.filter(pk__gt=sent.messages_after)[:200])
    if claims.needs_renewal(now):
        news.token = tokens.make(mine, now=now)
    return news


def connection(*, token: str, room: UUID, side: str, now: datetime) -> Presence:
    """Whose key this is. Raises as `exchange`."""
    return _connection(tokens.read(token, room=room, side=side, now=now), now)


def _connection(claims: tokens.Claims, now: datetime) -> Presence:
    rows = Presence.objects.select_related("consultation__booking__business", "user")
    row = rows.filter(key=claims.key).first()
    if row is None:
        raise BadToken
    if row.consultation.phase(now) != Phase.OPEN:
        raise RoomClosed
    if row.left_at is not None:
        raise TakenOver if _somebody_else(row) else HasLeft
    return row


def _somebody_else(row: Presence) -> bool:
    others = row.consultation.presences.filter(side=row.side, left_at=None)
    return others.exists()


def _be_seen(mine: Presence, now: datetime) -> None:
    """Not each second: a row is written anew only when it would say something new."""
    if now - mine.seen_at >= rules.SEEN_EVERY:
        Presence.objects.filter(pk=mine.pk, left_at=None).update(seen_at=now)


def _peer_of(mine: Presence) -> Presence | None:
    rows = mine.consultation.presences.filter(side=Side(mine.side).other, left_at=None)
    return rows.select_related("user").first()


@transaction.atomic
def _write(mine: Presence, key: UUID, text: str, now: datetime) -> None:
    """The same key again changes nothing: a browser that heard no answer sends anew."""
    if limits.is_over("consultations.message", str(mine.key), most=rules.MESSAGES_A_MINUTE, seconds=60):
        raise TooMuch
    _one_after_the_other(mine)
    facts = {"side": mine.side, "author": mine.user, "text": text, "at": now}
    Message.objects.get_or_create(consultation=mine.consultation, key=key, defaults=facts)


def _one_after_the_other(mine: Presence) -> None:
    """Whoever has read number 11 never asks for 10 again: numbers have to appear in their order."""
    Consultation.objects.select_for_update(no_key=True).only("pk").get(pk=mine.consultation_id)


def _pass_on(mine: Presence, peer: Presence, signals: Sequence[Any], now: datetime) -> None:
    if limits.is_over("consultations.signals", str(mine.key), most=rules.SIGNALS_A_MINUTE, seconds=60):
        raise TooMuch
    rows = [Signal(sender=mine, to=peer, body=one, at=now) for one in signals]
    Signal.objects.bulk_create(rows)


def _signals(mine: Presence, after: int) -> list[Signal]:
    rows = mine.received.filter(pk__gt=after).select_related("sender").order_by("pk")
    return list(rows[: 2 * rules.MOST_SIGNALS])
