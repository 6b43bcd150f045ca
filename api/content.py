"""The content API for headless front ends: Wagtail's API v2 under /api/content/v2/.

Public and read-only. The same address gives everyone the same answer, so browsers and CDNs may
keep it for a minute and ask again with its ETag.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldError, ValidationError
from django.db import DataError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.filters import BaseFilterBackend
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from wagtail.api.v2.filters import SearchFilter
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from blog import queries as blog
from blog.models import PostPage
from core import clauses, response_cache
from core.response_cache import pages
from faq import queries as faq
from faq import search
from faq.models import Audience, QuestionPage
from legal import queries as legal
from legal.models import DocumentPage

from . import links

CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600"
LARGEST_OFFSET = 100_000
POST_RELATIONS = ("author", "tags", "cover", "retracted", "retraction", "updated_at")


class Pagination(WagtailPagination):
    def paginate_queryset(self, queryset: QuerySet, request: HttpRequest, view: Any = None) -> Any:
        if request.GET.get("offset", "").isdecimal() and int(request.GET["offset"]) > LARGEST_OFFSET:
            raise BadRequestError(f"offset cannot be higher than {LARGEST_OFFSET}")
        return super().paginate_queryset(queryset, request, view)


class QuestionFilter(BaseFilterBackend):
    """`?audience=clinic`: written for clinics or for everyone. `?category=<slug>`: of that category."""

    def filter_queryset(self, request: HttpRequest, queryset: QuerySet, view: Any) -> QuerySet:
        for name, narrow in (("audience", self._by_audience), ("category", self._by_category)):
            if name in request.GET:
                if queryset.model is not QuestionPage:
                    raise BadRequestError(f"{name} needs type=faq.QuestionPage")
                queryset = narrow(queryset, request.GET[name])
        return queryset

    def _by_audience(self, queryset: QuerySet, audience: str) -> QuerySet:
        if audience not in Audience.values:
            raise BadRequestError(f"audience must be one of {', '.join(Audience.values)}")
        return faq.for_audience(queryset, audience)

    def _by_category(self, queryset: QuerySet, slug: str) -> QuerySet:
        return faq.in_category(queryset, slug)


class PostFilter(BaseFilterBackend):
    """`?tag=<slug>`: posts of the blog on that subject."""

    def filter_queryset(self, request: HttpRequest, queryset: QuerySet, view: Any) -> QuerySet:
        if "tag" not in request.GET:
            return queryset
        if queryset.model is not PostPage:
            raise BadRequestError("tag needs type=blog.PostPage")
        return queryset.filter(tagged_items__tag__slug=request.GET["tag"])


class Endpoint(BaseAPIViewSet):
    """What all our endpoints share: JSON only, nobody signs in, errors in one shape."""

    renderer_classes = [JSONRenderer]
    authentication_classes: list[type] = []
    permission_classes: list[type] = []
    pagination_class = Pagination

    def initial(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        response_cache.depends_on(response_cache.FRAME)
        if self.action != "detail_view":
            response_cache.depends_on(pages.ANY_PAGE)

    def handle_exception(self, exc: Exception) -> Response:
        """{code, message, fields}, as everywhere in our APIs. What a filter cannot read is the caller's."""
        if isinstance(exc, Http404):
            return _refusal(status.HTTP_404_NOT_FOUND, "not_found", "There is nothing at this address.")
        if isinstance(exc, BadRequestError):
            return _refusal(status.HTTP_400_BAD_REQUEST, "bad_request", str(exc))
        if isinstance(exc, ValueError | ValidationError | FieldError | DataError | OverflowError):
            return _refusal(
                status.HTTP_400_BAD_REQUEST, "bad_request", "A parameter has an unreadable value."
            )
        if isinstance(exc, APIException):
            return _refusal(exc.status_code, exc.default_code, str(exc.detail))
        return super().handle_exception(exc)


class QuestionSearch(SearchFilter):
    """Questions are searched as on our own search page, other pages as Wagtail does."""

    def filter_queryset(self, request: HttpRequest, queryset: QuerySet, view: Any) -> QuerySet:
        if "search" not in request.GET or queryset.model is not QuestionPage:
            return super().filter_queryset(request, queryset, view)
        found = search.search_in(queryset, search.Terms.read(request.GET["search"])).questions
        return found.order_by(*queryset.query.order_by) if "order" in request.GET else found


class Pages(Endpoint, PagesAPIViewSet):
    filter_backends = [QuestionFilter, PostFilter, *PagesAPIViewSet.filter_backends[:-1], QuestionSearch]
    known_query_parameters = PagesAPIViewSet.known_query_parameters.union(["audience", "category", "tag"])
    renderer_classes = [JSONRenderer]

    def get_base_queryset(self) -> QuerySet:
        return self._public_pages.all()

    @cached_property
    def _public_pages(self) -> QuerySet:
        """Wagtail asks three times for each request; finding out takes three queries."""
        return super().get_base_queryset()

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("locale", "alias_of")

    def paginate_queryset(self, queryset: QuerySet) -> list[Any]:
        """What the rows point to is read for all of them at once, so twenty cost as many queries as one."""
        found = list(super().paginate_queryset(queryset))
        if queryset.model is QuestionPage and self._is_asked_for("category", "related"):
            faq.attach_relations(found)
        if queryset.model is PostPage and self._is_asked_for(*POST_RELATIONS):
            blog.attach_relations(found)
        if queryset.model is DocumentPage and self._is_asked_for("version", "coming", "versions"):
            legal.attach_history(found, with_clauses=True)
        if self._is_asked_for("body"):
            clauses.preload(page.body for page in found if hasattr(page, "body"))
            links.preload(page.body for page in found if hasattr(page, "body"))
        return found

    def _is_asked_for(self, *names: str) -> bool:
        wanted = self.request.GET.get("fields", "")
        return any(name in wanted for name in ("*", *names))

    def get_object(self) -> Any:
        page = super().get_object()
        pages.shows(page)
        translation.activate(page.locale.language_code)  # for live blocks; `content_view` restores it
        return page


class Images(Endpoint, ImagesAPIViewSet):
    renderer_classes = [JSONRenderer]


class Router(WagtailAPIRouter):
    def wrap_view(self, func: Callable[..., Any]) -> Callable[..., HttpResponse]:
        return content_view(super().wrap_view(func))


def content_view(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Open to any web page, in the language asked for, with an ETag over the whole body."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(_language(request)), links.preloaded(), clauses.preloaded():
            response = HttpResponse() if request.method == "OPTIONS" else view(request, *args, **kwargs)
            if isinstance(response, Response):
                response.render()
            response["Content-Language"] = translation.get_language()
        response["Access-Control-Allow-Origin"] = "*"
        if request.method == "OPTIONS":
            return _preflight(response)
        return _conditional(request, response) if response.status_code == 200 else response

    return wrapped


def _language(request: HttpRequest) -> str:
    """Never the reader's own: one address has one answer."""
    asked = request.GET.get("locale", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["Cache-Control"] = CACHE_CONTROL
    response["Access-Control-Expose-Headers"] = "ETag"
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def _preflight(response: HttpResponse) -> HttpResponse:
    response.status_code = 204
    response["Access-Control-Allow-Methods"] = response["Allow"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Headers"] = "If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _refusal(code: int, name: str, message: str) -> Response:
    return Response({"code": name, "message": message, "fields": {}}, status=code)


router = Router("content_api")
router.register_endpoint("pages", Pages)
router.register_endpoint("images", Images)
