"""What every answer passes: impossible input is refused early, and browsers are told our limits."""

from __future__ import annotations

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin


class RefuseNullBytes(MiddlewareMixin):
    """No text of ours holds NUL and PostgreSQL cannot store it: without this it would be a 500."""

    def process_request(self, request: HttpRequest) -> None:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL byte")


class ContentSecurityPolicy(CSPMiddleware):
    """Our strict policy everywhere; the written exception for the two back offices under /yonetim/.

    Wagtail's and Oscar's own pages carry inline scripts and styles that we do not rewrite
    (docs/decisions/0005). Visitors never load them, and they need a staff sign-in.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith("/yonetim/"):
            response._csp_replace = settings.BACK_OFFICE_POLICY  # type: ignore[attr-defined]
            response["X-Frame-Options"] = "SAMEORIGIN"  # editors see the page they write in a frame
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return super().process_response(request, response)
