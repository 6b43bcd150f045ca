"""The search page of the help centre."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from . import queries
from .models import Audience, QuestionPage
from .search import Terms, search

PAGE_SIZE = 10


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    language = get_language() or ""
    audience = queries.known_audience(request.GET.get("audience"))
    found = search(request.GET.get("q", ""), language=language, audience=audience)
    page = Paginator(found.questions, PAGE_SIZE).get_page(request.GET.get("page"))
    index = queries.help_centre(language)
    context = {
        "found": found,
        "page_obj": page,
        "hits": [_hit(question, found.terms) for question in queries.attach_categories(page)],
        "index": index,
        "categories": queries.categories(index) if index and not page.object_list else [],
        "audience": audience,
        "audiences": Audience.choices,
    }
    response = render(request, "faq/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _hit(question: QuestionPage, terms: Terms) -> dict[str, Any]:
    return {"page": question, "title": terms.mark(question.title), "summary": terms.mark(question.summary)}
