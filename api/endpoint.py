"""What all addresses of the content API share: JSON only, nobody signs in, errors in one shape, an ETag."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldError, ValidationError
from django.db import DataError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet

from core import clauses, renditions, response_cache
from core.response_cache.pages import ANY_PAGE

from . import links

CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600"
LARGEST_OFFSET = 100_000
DEEP = 500  # rows to be passed over; beyond, their texts are left out of it
LANGUAGES = dict(settings.LANGUAGES)


class Pagination(WagtailPagination):
    def paginate_queryset(self, queryset: QuerySet, request: HttpRequest, view: Any = None) -> Any:
        typed = request.GET.get("offset", "")
        offset = int(typed) if typed.isdecimal() else 0
        if offset > LARGEST_OFFSET:
            raise BadRequestError(f"offset cannot be higher than {LARGEST_OFFSET}")
        rows = super().paginate_queryset(queryset, request, view)
        return _in_two_steps(queryset, rows) if offset >= DEEP and isinstance(rows, QuerySet) else rows


def _in_two_steps(queryset: QuerySet, rows: QuerySet) -> list[Any]:
    """First which rows, then these: PostgreSQL would sort all rows before them with their whole texts."""
    keys = list(rows.values_list("pk", flat=True))
    found = queryset.filter(pk__in=keys).order_by().in_bulk(keys)
    return [found[key] for key in keys if key in found]


class Rules:
    """Mixed into every endpoint."""

    renderer_classes = [JSONRenderer]
    authentication_classes: list[type] = []
    permission_classes: list[type] = []

    def initial(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        response_cache.depends_on(*self.shown())

    def shown(self) -> set[str]:
        """What an answer is kept for: unless it is about one page, any page may change it."""
        return {response_cache.FRAME, ANY_PAGE}

    def handle_exception(self, exc: Exception) -> Response:
        """{code, message, fields}, as everywhere in our APIs. What a filter cannot read is the caller's."""
        with translation.override(reader_language(self.request)):
            return self._refusal(exc) or super().handle_exception(exc)

    def _refusal(self, exc: Exception) -> Response | None:
        if isinstance(exc, Http404):
            return refusal(status.HTTP_404_NOT_FOUND, "not_found", _("There is nothing at this address."))
        if isinstance(exc, BadRequestError):
            return unreadable(self.request, str(exc))
        if isinstance(exc, ValueError | ValidationError | FieldError | DataError | OverflowError):
            return unreadable(self.request)
        if isinstance(exc, APIException):
            return refusal(exc.status_code, exc.default_code, str(exc.detail))
        return None


class Endpoint(Rules, BaseAPIViewSet):
    """A list and its rows, as Wagtail makes them."""

    pagination_class = Pagination


class Answer(Rules, APIView):
    """One address with one answer, such as the menus. `parameters` are those it understands."""

    http_method_names = ["get", "head", "options"]
    parameters: frozenset[str] = frozenset({"locale"})
    model: type | None = None  # the router asks each endpoint for it; nothing is listed here

    def get(self, request: HttpRequest) -> Response:
        check_parameters(request, self.parameters)
        return Response(self.answer(request, translation.get_language()))

    def answer(self, request: HttpRequest, language: str) -> dict[str, Any]:
        raise NotImplementedError

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.as_view(), name="answer")]


def check_parameters(request: HttpRequest, known: Iterable[str]) -> None:
    unknown = sorted(set(request.GET) - set(known))
    if unknown:
        raise BadRequestError(f"unknown parameter: {', '.join(unknown)}")
    check_locale(request)


def check_locale(request: HttpRequest) -> None:
    if request.GET.get("locale", settings.LANGUAGE_CODE) not in LANGUAGES:
        raise BadRequestError(f"locale must be one of {', '.join(LANGUAGES)}")


def whole_number(request: HttpRequest, name: str, *, default: int, most: int) -> int:
    typed = request.GET.get(name, str(default))
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10 and int(typed) <= most):
        raise BadRequestError(f"{name} must be a whole number up to {most}")
    return int(typed)


def content_view(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """In the language asked for, with an ETag over the whole body. What forbids storing stays as it is."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with (
            translation.override(_language(request)),
            links.preloaded(),
            clauses.preloaded(),
            renditions.preloaded(),
        ):
            response = HttpResponse() if request.method == "OPTIONS" else view(request, *args, **kwargs)
            if isinstance(response, Response):
                response.render()
            if response.status_code < 400:
                response["Content-Language"] = translation.get_language()
        if request.method == "OPTIONS":
            response.status_code = 204
            response["Allow"] = "GET, HEAD, OPTIONS"
        return response if _is_final(response) else _conditional(request, response)

    return wrapped


def _language(request: HttpRequest) -> str:
    """Never the reader's own: one address has one answer."""
    asked = request.GET.get("locale", "")
    return asked if asked in LANGUAGES else settings.LANGUAGE_CODE


def reader_language(request: HttpRequest) -> str:
    """Refusals are read by people at a screen, and no cache keeps them."""
    return translation.get_language_from_request(getattr(request, "_request", request))


def _is_final(response: HttpResponse) -> bool:
    return response.status_code != 200 or "no-store" in response.get("Cache-Control", "")


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.setdefault("Cache-Control", CACHE_CONTROL)
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def unreadable(request: HttpRequest, reason: str = "") -> Response:
    """`fields` holds the parameters that the reason names, with the reason for developers."""
    named = [name for name in request.GET if name in reason] if reason else []
    fields = {name[:100]: [reason[:500]] for name in named}
    return refusal(
        status.HTTP_400_BAD_REQUEST, "bad_request", _("A parameter is unknown or cannot be read."), fields
    )


def refusal(code: int, name: str, message: str, fields: dict[str, Any] | None = None) -> Response:
    return Response({"code": name, "message": message, "fields": fields or {}}, status=code)
