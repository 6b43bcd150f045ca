"""What waits for a person stands before her panel: contracts as a door, news as a bar."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from core import panel

from . import queries
from .models import Mode, Version


@panel.checkpoint
def contracts(request: HttpRequest) -> HttpResponse | None:
    """First to what has to be accepted, and back to this page afterwards."""
    must = any(one.mode == Mode.EXPLICIT for one in _waiting(request))
    return redirect(_way(request)) if must else None


@panel.bar(order=20)
class News(panel.Card):
    template_name = "legal/panel/news.html"

    def is_shown(self) -> bool:
        return any(one.mode != Mode.EXPLICIT for one in _waiting(self.request))

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"versions": _waiting(self.request), "url": _way(self.request)}


def _waiting(request: Any) -> list[Version]:
    """Read once for a request."""
    if not hasattr(request, "legal_waiting"):
        request.legal_waiting = queries.waiting_for(request.user)
    return request.legal_waiting


def _way(request: HttpRequest) -> str:
    """What a form sent is not carried along: its page is opened again."""
    return f"{reverse('legal:accept')}?{urlencode({'next': request.get_full_path()})}"
