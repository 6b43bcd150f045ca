"""What waits for a person stands before her panel: contracts as a door, news as a bar."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from laces.components import Component

from core import panel

from . import queries
from .models import Mode, Version


@panel.gate
def what_waits(request: HttpRequest) -> HttpResponse | Component | None:
    """First to what has to be accepted, and back to this page afterwards."""
    waiting = queries.waiting_for(request.user)
    way = _way(request)
    if any(one.mode == Mode.EXPLICIT for one in waiting):
        return redirect(way)
    return News(waiting, way) if waiting else None


def _way(request: HttpRequest) -> str:
    """What a form sent is not carried along: its page is opened again."""
    return f"{reverse('legal:accept')}?{urlencode({'next': request.get_full_path()})}"


class News(Component):
    template_name = "legal/panel/news.html"

    def __init__(self, versions: list[Version], url: str) -> None:
        self.versions, self.url = versions, url

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"versions": self.versions, "url": self.url}
