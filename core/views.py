"""Answers to errors: in the reader's language, in the face of the site, as JSON for machines."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 400, "bad_request", _("We could not understand this request."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 403, "forbidden", _("You have no right to see this."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 404, "not_found", _("There is nothing at this address."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Touches neither database nor session. The id in the answer stands in the log beside the cause."""
    error_id = secrets.token_hex(3).upper()
    log.error("server error shown", extra={"error_id": error_id, "path": request.path})
    if _wants_json(request):
        return _json(request, 500, "server_error", _("Something broke on our side."), error_id=error_id)
    return HttpResponse(render_to_string("500.html", {"error_id": error_id}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key has expired or cookies are off: what was typed is still behind the back button."""
    return render(request, "403_csrf.html", status=403)


def _answer(request: HttpRequest, status: int, code: str, message: Any) -> HttpResponse:
    if _wants_json(request):
        return _json(request, status, code, message)
    return render(request, f"{status}.html", status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _json(request: HttpRequest, status: int, code: str, message: Any, **more: Any) -> JsonResponse:
    """Addresses of APIs have no language, so the reader's browser decides."""
    with translation.override(translation.get_language_from_request(request)):
        said = {"code": code, "message": str(message), "fields": {}, **more}
    return JsonResponse(said, status=status)
