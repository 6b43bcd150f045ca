"""Gives out kept answers and keeps new ones. Stands inside the middleware that writes the nonce policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from . import store
from .keys import key_of
from .tags import EVERYTHING, Notes, collecting

STORED_NONCE = b"@@diji-nonce@@"
FRONT = "diji.response_cache"


@dataclass(frozen=True)
class Kept:
    """What the front needs to know of an answer: what it shows, and for how long it may be kept."""

    tags: frozenset[str]
    seconds: float
    nonce: bytes


class KeptAnswers:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request.META) if settings.RESPONSE_CACHE else None
        if key is None:
            return self.get_response(request)
        asked_tag = request.META.pop("HTTP_IF_NONE_MATCH", None)
        found = store.read(key)
        known = found.answer
        answer = self._known(request, found, known) if known else self._new(request, key, found.snapshot)
        if asked_tag and answer.status_code == 200 and "ETag" in answer:
            request.META["HTTP_IF_NONE_MATCH"] = asked_tag
            return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
        return answer

    def _known(self, request: HttpRequest, found: store.Found, answer: HttpResponse) -> HttpResponse:
        if STORED_NONCE in answer.content:
            answer.content = answer.content.replace(STORED_NONCE, _nonce(request))
        _tell_front(request, set(found.tags), found.seconds_left)
        return answer

    def _new(self, request: HttpRequest, key: str, snapshot: str) -> HttpResponse:
        with collecting() as notes:
            answer = self.get_response(request)
        if request.method == "GET" and _may_be_kept(answer, notes):
            notes.tags.add(EVERYTHING)
            kept = HttpResponse(answer.content.replace(_nonce(request), STORED_NONCE), headers=answer.headers)
            store.write(key, kept, tags=notes.tags, snapshot=snapshot, keep_for=notes.keep_for)
            _tell_front(request, notes.tags, notes.keep_for.total_seconds())
        return answer


def _may_be_kept(answer: HttpResponse, notes: Notes) -> bool:
    control = answer.get("Cache-Control", "")
    private = "private" in control or "no-store" in control
    return (
        bool(notes.tags) and answer.status_code == 200 and not (answer.streaming or answer.cookies or private)
    )


def _nonce(request: HttpRequest) -> bytes:
    return str(request.csp_nonce).encode()  # type: ignore[attr-defined]


def _tell_front(request: HttpRequest, tags: set[str], seconds: float) -> None:
    request.environ[FRONT] = Kept(frozenset(tags), seconds, _nonce(request))  # type: ignore[attr-defined]
