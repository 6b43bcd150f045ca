"""The whole help centre in one call, by category, cut where an answer would grow beyond 1 MB."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.api.v2.utils import BadRequestError

from core import visible
from faq import queries as faq
from faq.models import Audience, CategoryPage, QuestionPage

from . import bodies
from .endpoint import Answer, whole_number

LARGEST_ANSWER = 900_000  # bytes of questions; with categories and indents it stays below 1 MB
LARGEST_OFFSET = 100_000
MOST = 100
ALWAYS = ("id", "slug", "title", "url")
OPTIONAL = ("summary", "audiences", "claims", "updated_at", "html", "body")


class HelpCentre(Answer):
    """`fields=summary` leaves the long answers out. `meta.next_offset` is null at the end."""

    parameters = frozenset({"locale", "audience", "category", "fields", "offset", "limit"})

    def answer(self, request: HttpRequest, language: str) -> dict[str, Any]:
        fields, audience = _fields(request), _audience(request)
        offset = whole_number(request, "offset", default=0, most=LARGEST_OFFSET)
        limit = whole_number(request, "limit", default=MOST, most=MOST)
        questions = _questions(language, audience, request.GET.get("category"))
        page = _page(questions, offset, limit, with_body=bool({"body", "html"} & set(fields)))
        rows = _until_full(_rows(page, fields))
        following = offset + len(rows)
        total = questions.count()
        return {
            "meta": {
                "locale": language,
                "audience": audience or None,
                "total_count": total,
                "next_offset": following if rows and following < total else None,
            },
            "categories": _by_category(page, rows),
        }


def _fields(request: HttpRequest) -> list[str]:
    if "fields" not in request.GET:
        return list(OPTIONAL)
    wanted = [name for name in request.GET["fields"].split(",") if name not in ALWAYS]
    if wrong := sorted(set(wanted) - set(OPTIONAL)):
        raise BadRequestError(f"unknown fields: {', '.join(wrong)}")
    return wanted


def _audience(request: HttpRequest) -> str:
    audience = request.GET.get("audience", "")
    if audience and audience not in Audience.values:
        raise BadRequestError(f"audience must be one of {', '.join(Audience.values)}")
    return audience


def _questions(language: str, audience: str, category: str | None) -> QuerySet:
    index = faq.help_centre(language)
    if index is None:
        return QuestionPage.objects.none()
    shelves = (Q(path__startswith=shelf.path) for shelf in faq.categories(index))
    questions = visible.to_everyone(QuestionPage.objects.filter(reduce(or_, shelves, Q(pk__in=[]))))
    questions = faq.for_audience(questions, audience)
    return faq.in_category(questions, category) if category is not None else questions


def _page(questions: QuerySet, offset: int, limit: int, *, with_body: bool) -> list[QuestionPage]:
    shown = questions.select_related("locale").order_by("path")
    page = list((shown if with_body else shown.defer_streamfields())[offset : offset + limit])
    faq.attach_categories(page)
    if with_body:
        bodies.preload(question.body for question in page)
    return page


def _rows(page: Iterable[QuestionPage], fields: list[str]) -> Iterable[dict[str, Any]]:
    for question in page:
        always = {"id": question.pk, "slug": question.slug, "title": question.title, "url": question.url}
        yield always | {name: READ[name](question) for name in fields}


READ = {
    "summary": lambda question: question.summary,
    "audiences": lambda question: question.audiences,
    "claims": lambda question: question.claims,
    "updated_at": lambda question: _local(question.last_published_at),
    "html": lambda question: str(question.body).strip(),
    "body": lambda question: question.body.stream_block.get_api_representation(question.body),
}


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None


def _until_full(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """At least one, so that a reader who follows `next_offset` always gets on."""
    taken: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        size += len(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, indent=4).encode())
        if taken and size > LARGEST_ANSWER:
            break
        taken.append(row)
    return taken


def _by_category(page: list[QuestionPage], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    grouped: dict[int, dict[str, Any]] = {}
    for question, row in zip(page, rows, strict=False):
        shelf = grouped.setdefault(question.category.pk, _category(question.category))
        shelf["questions"].append(row)
    return list(grouped.values())


def _category(category: CategoryPage) -> dict[str, Any]:
    names = ("slug", "title", "summary", "tone", "icon", "url")
    return {"id": category.pk, **{name: getattr(category, name) for name in names}, "questions": []}
