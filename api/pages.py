"""Pages of all kinds, questions with what their lists filter by."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import translation
from rest_framework.filters import BaseFilterBackend
from rest_framework.response import Response
from wagtail.api.v2.filters import SearchFilter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.api.validators import SiteFilterValidator

from blog import queries as blog
from blog.models import PostPage
from core import clauses
from core.response_cache import pages as kept
from faq import queries as faq
from faq import search
from faq.models import Audience, QuestionPage
from legal import queries as legal
from legal.models import DocumentPage

from . import bodies, public
from .endpoint import Endpoint, check_locale

POST_RELATIONS = ("author", "tags", "cover", "retracted", "retraction", "updated_at")


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


class QuestionSearch(SearchFilter):
    """Questions are searched as on our own search page, other pages as Wagtail does."""

    def filter_queryset(self, request: HttpRequest, queryset: QuerySet, view: Any) -> QuerySet:
        if "search" not in request.GET or queryset.model is not QuestionPage:
            return super().filter_queryset(request, self._plain(queryset), view)
        found = search.search_in(queryset, search.Terms.read(request.GET["search"])).questions
        return found.order_by(*queryset.query.order_by) if "order" in request.GET else found

    def _plain(self, queryset: QuerySet) -> QuerySet:
        """Wagtail's search cannot read conditions that ask another table."""
        shown = queryset.model.objects.filter(pk__in=queryset.order_by().values_list("pk", flat=True))
        return shown.select_related("locale").order_by(*queryset.query.order_by)


class Pages(Endpoint, PagesAPIViewSet):
    filter_backends = [QuestionFilter, PostFilter, *PagesAPIViewSet.filter_backends[:-1], QuestionSearch]
    known_query_parameters = PagesAPIViewSet.known_query_parameters.union(["audience", "category", "tag"])
    # What a page is a copy of may be a page that nobody may see.
    meta_fields = [name for name in PagesAPIViewSet.meta_fields if name != "alias_of"]

    def listing_view(self, request: HttpRequest) -> Response:
        check_locale(request)
        return super().listing_view(request)

    def shown(self) -> set[str]:
        return super().shown() - ({kept.ANY_PAGE} if self.action == "detail_view" else set())

    def get_base_queryset(self) -> QuerySet:
        return self._public_pages.all()

    @cached_property
    def _public_pages(self) -> QuerySet:
        """Wagtail asks three times for each request; finding out takes three queries."""
        asked = SiteFilterValidator(site=self.request.GET.get("site"), request=self.request)
        return public.pages(asked.site_obj)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("locale")

    def paginate_queryset(self, queryset: QuerySet) -> list[Any]:
        """What the rows point to is read for all of them at once, so twenty cost as many queries as one."""
        pages = list(super().paginate_queryset(queryset))
        if queryset.model is QuestionPage and self._is_asked_for("category", "related"):
            faq.attach_relations(pages)
        if queryset.model is PostPage and self._is_asked_for(*POST_RELATIONS):
            blog.attach_relations(pages)
        if queryset.model is DocumentPage and self._is_asked_for("version", "coming", "versions"):
            legal.attach_history(pages, with_clauses=True)
        if self._is_asked_for("body"):
            clauses.preload(page.body for page in pages if hasattr(page, "body"))
            bodies.preload(page.body for page in pages if hasattr(page, "body"))
        return pages

    def _is_asked_for(self, *names: str) -> bool:
        wanted = self.request.GET.get("fields", "")
        return any(name in wanted for name in ("*", *names))

    def get_object(self) -> Any:
        """Wagtail asks for it once more to choose the serialiser."""
        return self._page

    @cached_property
    def _page(self) -> Any:
        page = super().get_object()
        kept.shows(page)
        translation.activate(page.locale.language_code)  # for live blocks; `content_view` restores it
        return page
