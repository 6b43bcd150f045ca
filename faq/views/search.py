"""The search page of the help centre, and the beacon that says which hit was opened."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from core import limits
from core.origin import same_origin

from .. import forms, queries, search_log
from ..models import Audience, QuestionPage
from ..search import Terms, search

PAGE_SIZE = 10
DAY = 24 * 60 * 60


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    language = get_language() or ""
    audience = queries.known_audience(request.GET.get("audience"))
    found = search(request.GET.get("q", ""), language=language, audience=audience)
    page = Paginator(found.questions, PAGE_SIZE).get_page(request.GET.get("page"))
    if "page" not in request.GET and request.method == "GET":
        search_log.note(found.terms, language=language, results=page.paginator.count * found.is_exact)
    index = queries.help_centre(language)
    context = {
        "found": found,
        "page_obj": page,
        "hits": [_hit(question, found.terms) for question in queries.attach_categories(page)],
        "index": index,
        "categories": queries.categories(index) if index and not page.object_list else [],
        "audience": audience,
        "audiences": Audience.choices,
        "question_form": forms.blank_question(query=found.terms.typed),
    }
    response = render(request, "faq/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def to_answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Where an anchor of the help page leads whose question is not on its first page (see help.js)."""
    page = queries.by_slug(slug, get_language() or "")
    if page is None:
        raise Http404
    return redirect(page.url)


@same_origin
@require_POST
def click(request: HttpRequest) -> HttpResponse:
    """Sent beside the click, so the way to the answer is never longer. Counted once a day for each place."""
    terms, pk = Terms.read(request.POST.get("q", "")), request.POST.get("page", "")
    if not pk.isascii() or not pk.isdecimal() or len(pk) > 9:
        return HttpResponse(status=400)
    page = get_object_or_404(QuestionPage.objects.live().select_related("locale"), pk=pk)
    if limits.is_first("faq.click", f"{limits.client(request)} {pk}", seconds=DAY):
        search_log.note_click(terms, page=page)
    return HttpResponse(status=204)


def _hit(question: QuestionPage, terms: Terms) -> dict[str, Any]:
    return {"page": question, "title": terms.mark(question.title), "summary": terms.mark(question.summary)}
