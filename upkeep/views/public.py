"""The status page: the state of each part now, what is ahead, what was; one window; calendar and feed.

Their answers are kept until something of it changes, and no gate closes them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from core import response_cache

from .. import feeds, queries, shown
from ..models import MaintenanceWindow

PAGE_SIZE = 20
View = Callable[..., HttpResponse]


def shows_upkeep(view: View) -> View:
    @wraps(view)
    def noting(*args: Any, **kwargs: Any) -> HttpResponse:
        response_cache.depends_on(response_cache.FRAME, shown.SHOWN)
        return view(*args, **kwargs)

    return noting


@require_safe
@shows_upkeep
def status(request: HttpRequest) -> HttpResponse:
    ahead = queries.ahead()
    parts = queries.parts(ahead)
    context = {
        "parts": parts,
        "overall": _overall(parts),
        "running": [window for window in ahead if window.begun_at],
        "coming": [window for window in ahead if not window.begun_at],
        "page_obj": Paginator(queries.past(), PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "upkeep/status.html", context)


@require_safe
@shows_upkeep
def window(request: HttpRequest, public_id: Any) -> HttpResponse:
    rows = queries.public_windows().select_related("follows", "continued_by")
    found = get_object_or_404(rows, public_id=public_id)
    return render(request, "upkeep/window.html", {"window": found})


@require_safe
@shows_upkeep
def calendar(request: HttpRequest) -> HttpResponse:
    return _file(request, feeds.calendar(_latest()), "text/calendar; charset=utf-8")


@require_safe
@shows_upkeep
def atom(request: HttpRequest) -> HttpResponse:
    return _file(request, feeds.atom(_latest(), address=request.path), "application/atom+xml; charset=utf-8")


def _latest() -> list[MaintenanceWindow]:
    """What is ahead and the last ones that are over."""
    return [*queries.ahead(), *queries.past()[: feeds.LATEST]]


def _overall(parts: list[queries.Part]) -> str:
    states = {part.state for part in parts}
    return next((state for state in ("trouble", "upkeep") if state in states), "ok")


def _file(request: HttpRequest, body: bytes, kind: str) -> HttpResponse:
    """The ETag covers every byte, so a reader who has it gets 304."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=kind, headers={"ETag": etag})
    patch_cache_control(response, public=True, max_age=300)
    return get_conditional_response(request, etag=etag, response=response) or response
