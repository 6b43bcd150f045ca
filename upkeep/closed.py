"""The answers while something is closed: 503 with Retry-After, in the reader's language, never stored.

Rendered from what the process knows, without database and session. A refused form comes back inside the
page: what was typed waits there and is sent again with one press, so nothing is lost, also without the
browser's own memory. Passwords, codes and files are not repeated.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from . import texts
from .gate import Known
from .states import Effect

SECRET = re.compile(r"pass|sifre|secret|token|code|kod|cvc|cvv|card|otp|csrf", re.IGNORECASE)
LONGEST = 50_000  # characters of a field that is carried along
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


def answer(request: HttpRequest, window: Known) -> HttpResponse:
    with translation.override(_language(request)):
        response = _problem(window) if _wants_json(request) else _page(request, window)
    response["Retry-After"] = str(window.seconds_left(timezone.now()))
    patch_cache_control(response, no_store=True)
    response._has_been_logged = True  # type: ignore[attr-defined]  # meant to be so: no error for those on call
    return response


def _language(request: HttpRequest) -> str:
    """That of the address; addresses of machines have none, so there the reader's browser decides."""
    if request.path_info.startswith("/api/"):
        return translation.get_language_from_request(request)
    return translation.get_language_from_path(request.path_info) or "tr"


def _wants_json(request: HttpRequest) -> bool:
    accepts = request.headers.get("Accept", "")
    return request.path_info.startswith("/api/") or accepts.startswith("application/json")


def _problem(window: Known) -> JsonResponse:
    """RFC 9457, with the names of our own APIs (`code`, `message`, `fields`) beside them."""
    said = _said(window)
    body = {
        "type": "about:blank",
        "title": said["title"],
        "status": 503,
        "detail": said["until"],
        "code": "read_only" if window.effect == Effect.READ_ONLY else "closed_for_upkeep",
        "message": f"{said['title']} {said['until']}",
        "fields": {},
        "window": window.public_id,
        "planned": window.is_planned,
        "ends_at": window.ends_at.isoformat() if window.ends_at else None,
    }
    return JsonResponse(body, status=503, content_type="application/problem+json")


def _page(request: HttpRequest, window: Known) -> HttpResponse:
    is_write = request.method not in SAFE
    context = _said(window) | {
        "window": window,
        "is_write": is_write,
        "typed": _typed(request) if is_write else None,
        "action": request.get_full_path(),
        "percent": _percent(window),
    }
    return HttpResponse(render_to_string("upkeep/closed.html", context), status=503)


def _said(window: Known) -> dict[str, Any]:
    language = translation.get_language() or "tr"
    reads = window.effect == Effect.READ_ONLY
    return {
        "title": _title(window),
        "until": _until(window),
        "announced": _announced(window),
        "parts": window.parts[language],
        "reads": reads,
        "left": texts.length(window.ends_at - timezone.now()) if window.ends_at else "",
    }


def _title(window: Known) -> str:
    """Only what was planned is called a break."""
    if window.effect == Effect.READ_ONLY:
        return _("For the moment you can only read here.")
    return _("A short break for maintenance.") if window.is_planned else _("This does not work right now.")


def _until(window: Known) -> str:
    if window.ends_at is None:
        return _("We do not know the end yet; the status page says how it goes.")
    return _("We expect to be back on %(end)s.") % {"end": texts.day_and_hour(window.ends_at)}


def _announced(window: Known) -> str:
    """An unplanned one claims no notice."""
    if not window.is_planned:
        return _("This was not planned and we could not tell you earlier.")
    ahead = texts.length(window.starts_at - window.announced_at)
    on = texts.day_and_hour(window.announced_at)
    return _("We announced it on %(on)s, %(ahead)s ahead.") % {"on": on, "ahead": ahead}


def _percent(window: Known) -> int | None:
    if window.ends_at is None:
        return None
    whole = (window.ends_at - window.starts_at).total_seconds()
    return min(100, max(0, round(100 * (timezone.now() - window.starts_at).total_seconds() / whole)))


def _typed(request: HttpRequest) -> dict[str, Any] | None:
    """What can be sent again; None where it cannot be read."""
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        has_files = bool(request.FILES)
    except (
        RequestDataTooBig,
        TooManyFilesSent,
        SuspiciousOperation,
        MultiPartParserError,
        UnreadablePostError,
    ):
        return None
    kept = [
        (name, value)
        for name, value in fields
        if len(value) <= LONGEST and (name == "csrfmiddlewaretoken" or not SECRET.search(name))
    ]
    return {"fields": kept, "left_out": has_files or len(kept) < len(fields)} if kept else None
