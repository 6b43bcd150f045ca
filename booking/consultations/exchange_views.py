"""The door for the script of a room. Its token is the only key: no session is read, no form is trusted."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from core.errors import Refused

from . import rules, services
from .errors import BadToken, HasLeft, RoomClosed, TakenOver, TokenOver, TooMuch
from .models import Message, Presence
from .services import exchanging
from .services.exchanging import News, Sent

STATUS: dict[type[Refused], int] = {
    BadToken: 403,
    TokenOver: 401,
    TakenOver: 409,
    HasLeft: 409,
    RoomClosed: 410,
    TooMuch: 429,
}


class Malformed(Refused):
    code = "malformed"


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class Machine(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, room: UUID, side: str) -> HttpResponseBase:
        try:
            return JsonResponse(self.answer(_read(request), room, side))
        except Refused as error:
            status = STATUS.get(type(error), 400)
            return JsonResponse({"code": error.code, "message": str(error.message)}, status=status)

    def answer(self, given: dict[str, Any], room: UUID, side: str) -> dict[str, Any]:
        raise NotImplementedError


class Exchange(Machine):
    def answer(self, given: dict[str, Any], room: UUID, side: str) -> dict[str, Any]:
        now = timezone.now()
        token = str(given.get("token", ""))
        news = services.exchange(token=token, room=room, side=side, sent=_sent(given), now=now)
        return _told(news, side) | {"now": int(now.timestamp() * 1000), "isHere": _is_here(news, now)}


class Leave(Machine):
    def answer(self, given: dict[str, Any], room: UUID, side: str) -> dict[str, Any]:
        now = timezone.now()
        mine = exchanging.connection(token=str(given.get("token", "")), room=room, side=side, now=now)
        services.leave(presence=mine, now=now)
        return {}


def _read(request: HttpRequest) -> dict[str, Any]:
    if int(request.headers.get("Content-Length") or 0) > rules.LARGEST_EXCHANGE:
        raise TooMuch
    try:
        given = json.loads(request.body)
        json.dumps(given, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:  # also what PostgreSQL stores not: NaN, half a letter
        raise Malformed from error
    if not isinstance(given, dict) or rb"\u0000" in request.body:  # PostgreSQL stores no NUL
        raise Malformed
    return given


def _sent(given: dict[str, Any]) -> Sent:
    """Raises Malformed, TooMuch."""
    try:
        signals = list(given.get("signals", ()))
        to = UUID(given["to"]) if given.get("to") else None
        after = [int(given.get(name, 0)) for name in ("signalsAfter", "messagesAfter")]
        message = _message(given["message"]) if given.get("message") else None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Malformed from error
    if len(signals) > rules.MOST_SIGNALS:
        raise TooMuch
    return Sent(signals=signals, to=to, message=message, signals_after=after[0], messages_after=after[1])


def _message(given: dict[str, Any]) -> tuple[UUID, str]:
    text = str(given["text"]).strip()
    if not text:
        raise ValueError
    if len(text) > rules.LONGEST_MESSAGE:
        raise TooMuch
    return UUID(given["key"]), text


def _told(news: News, side: str) -> dict[str, Any]:
    booking = news.room.booking
    return {
        "peer": _peer(news.peer),
        "signals": [{"id": one.pk, "from": str(one.sender.key), "body": one.body} for one in news.signals],
        "messages": [_line(one, side) for one in news.messages],
        "token": news.token,
        "ends": int(booking.ends_at.timestamp() * 1000),
        "closes": int(news.room.closes_at.timestamp() * 1000),
    }


def _peer(peer: Presence | None) -> dict[str, str] | None:
    return {"key": str(peer.key), "name": peer.user.get_full_name() if peer.user else ""} if peer else None


def _line(one: Message, side: str) -> dict[str, Any]:
    at = timezone.localtime(one.at).strftime("%H:%M")
    return {"id": one.pk, "key": str(one.key), "isMine": one.side == side, "text": one.text, "at": at}


def _is_here(news: News, now: Any) -> bool:
    return news.peer is not None and news.peer.is_heard(now)
