"""Closes what upkeep closes, while it runs: only writing, or everything.

Stands outside of sessions, language and kept answers, so it asks nobody anything: in times without upkeep
a request pays for one comparison of clocks and an empty tuple.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from . import addresses, closed
from .gate import KEEPER, Known
from .states import Effect

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
WATCHED = "/saglik/"  # its answers never wait for the database


class Gate:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if KEEPER.due < monotonic() and not request.path_info.startswith(WATCHED):
            KEEPER.look()
        if KEEPER.closing and (window := self._in_the_way(request)):
            return closed.answer(request, window)
        return self.get_response(request)

    def _in_the_way(self, request: HttpRequest) -> Known | None:
        """The strongest window over this address that concerns this method."""
        path, now = request.path_info, timezone.now()
        if addresses.is_kept_open(path):
            return None
        here = [one for one in KEEPER.closing if one.closes_at(now) and addresses.closes(path, one.prefixes)]
        stopping = [one for one in here if one.effect == Effect.STOP]
        if request.method in SAFE:
            return next(iter(stopping), None)
        return next(iter(stopping or here), None)
