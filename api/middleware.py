"""The content API says exactly what its answers depend on, so that a CDN keeps one copy of each."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

CONTENT = "/api/content/"


class ExactVary(MiddlewareMixin):
    """Django adds the reader's language to `Vary`, but only refusals are written in it.

    Where every web page may read, the permission is the same for all and does not vary either.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path_info.startswith(CONTENT):
            return response
        if settings.CORS_ALLOW_ALL_ORIGINS:
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = ", ".join(settings.CORS_EXPOSE_HEADERS)
        varies = [] if settings.CORS_ALLOW_ALL_ORIGINS else ["Origin"]
        if response.status_code >= 400:
            varies.append("Accept-Language")
        if varies:
            response["Vary"] = ", ".join(varies)
        else:
            del response["Vary"]
        return response
