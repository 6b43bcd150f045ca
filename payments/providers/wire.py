"""What the protocols share: an exchange is read or silent, and signatures are compared in constant time."""

from __future__ import annotations

import functools
import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

import requests
from django.utils import timezone

from core import http

from .base import Forged, LookUpOrder, Outcome, PayoutOrder, RefundOrder, Refused, Silent, State

log = logging.getLogger(__name__)

IN_REQUEST = (3, 10)  # seconds to connect and to read, while a person waits
IN_WORKER = (3, 25)
UNREADABLE = (AttributeError, KeyError, IndexError, TypeError, ValueError, ArithmeticError)
NO_PHONE = "+905000000000"  # providers demand one; who gave us none can still pay
LARGEST_CALLBACK = 64 * 1024
MARGIN = timedelta(minutes=5)  # between their clock and ours, after a page has expired


def send(method: str, url: str, *, timeout: tuple[int, int] = IN_WORKER, **options: Any) -> requests.Response:
    """One exchange, never repeated. Raises Silent for no answer and for 5xx."""
    try:
        answer = http.call(method, url, timeout=timeout, **options)
    except requests.RequestException as error:
        raise Silent(type(error).__name__) from error
    if answer.status_code >= 500 or 300 <= answer.status_code < 400:
        raise Silent(str(answer.status_code))
    return answer


def read_json(content: bytes) -> dict[str, Any]:
    """UTF-8 and nothing else; figures become Decimal, never float. Raises Silent."""
    try:
        found = json.loads(content.decode(), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise Silent("no JSON") from error
    if not isinstance(found, dict):
        raise Silent("no JSON object")
    return found


def decimal(value: Any) -> Decimal | None:
    """`10.5`, `"10.50"`, `"10,50"` and `"1.234,50"`; nothing for what is no finite number."""
    text = str(value if value is not None else "").strip()
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found.quantize(Decimal("0.01")) if found.is_finite() and abs(found) < 10**10 else None


def is_same(ours: str, theirs: str) -> bool:
    """Whether two signatures are equal; how long it takes says nothing about where they differ."""
    return hmac.compare_digest(ours.encode(), theirs.encode("utf-8", "surrogatepass"))


def mac(key: str, message: str | bytes) -> hmac.HMAC:
    return hmac.new(key.encode(), message if isinstance(message, bytes) else message.encode(), hashlib.sha256)


def is_page_of(url: str, base: str) -> bool:
    """Whether we may send a browser to `url`: same scheme and host as the address in our settings."""
    return bool(urlsplit(url).netloc) and origin(url) == origin(base)


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def require_small(body: bytes) -> None:
    if len(body) > LARGEST_CALLBACK:
        raise Forged("too large")


def never_raises(*, refusal: str) -> Callable[[Any], Any]:
    """For verbs that answer with an outcome: silence, and what we cannot read, is UNKNOWN.

    `refusal` is the state after an error of theirs: a question that was refused is not a payment that was.
    """

    def decorate(verb: Callable[..., Outcome]) -> Callable[..., Outcome]:
        @functools.wraps(verb)
        def heard(provider: Any, order: Any) -> Outcome:
            try:
                return verb(provider, order)
            except Refused as error:
                state, code, reason = refusal, error.code, error.reason
            except (Silent, *UNREADABLE) as error:
                state, code, reason = State.UNKNOWN, type(error).__name__, ""
            log.warning("%s: no clear answer to %s", provider.code, verb.__name__, extra={"answer": code})
            remote = getattr(order, "remote", {})
            return Outcome(state, order.reference, code=code, reason=reason, remote=remote, is_signed=True)

        return heard

    return decorate


def or_silent(verb: Callable[..., Any]) -> Any:
    """For verbs that raise: an answer that we cannot read is none."""

    @functools.wraps(verb)
    def heard(*given: Any, **named: Any) -> Any:
        try:
            return verb(*given, **named)
        except UNREADABLE as error:
            raise Silent(type(error).__name__) from error

    return heard


def unpaid(order: LookUpOrder) -> Outcome:
    """They know of no money: the customer may still be busy, until the page she was sent to expires."""
    until = order.remote.get("until", "")
    is_open = bool(until) and timezone.now() < datetime.fromisoformat(until) + MARGIN
    return Outcome(
        State.PENDING if is_open else State.REFUSED,
        reference=order.reference,
        reason="" if is_open else "expired",
        remote=order.remote,
        is_signed=True,
    )


def never_seen(order: RefundOrder | PayoutOrder) -> Outcome:
    """They answer and know nothing of it, so it may be asked for again."""
    remote = getattr(order, "remote", {})
    return Outcome(State.REFUSED, order.reference, code="not_found", remote=remote, is_signed=True)


def given_back(order: RefundOrder) -> Outcome:
    remote = order.remote
    return Outcome(
        State.SETTLED, order.reference, order.amount, order.currency, remote=remote, is_signed=True
    )
