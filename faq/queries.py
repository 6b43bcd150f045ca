"""Reads of the help centre. Each costs the same number of queries for one question and for five hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from core import proofs, visible
from core.models import ProofResult
from core.proofs import Proof, State

from .models import Audience, CategoryPage, FaqIndexPage, QuestionPage, RelatedQuestion

HELP_DEPTH = 3  # root > home > help centre


@dataclass(frozen=True)
class Section:
    """A category with the questions a reader sees in it."""

    category: CategoryPage
    questions: list[QuestionPage]


@dataclass(frozen=True)
class Seal:
    """The state of an answer's proofs; `at` is the oldest of the moments they were checked."""

    state: str
    at: datetime


def known_audience(value: str | None) -> str:
    """The audience of that name, or none: a mistyped filter shows everything."""
    return value if value in Audience.values else ""


def for_audience(questions: QuerySet, audience: str) -> QuerySet:
    """What is written for this audience and what is written for everyone."""
    return questions.filter(Q(audiences__contains=[audience]) | Q(audiences=[])) if audience else questions


def listed(questions: QuerySet) -> QuerySet:
    """What everyone may see, with what a list shows, without the long answers."""
    return visible.to_everyone(questions).select_related("locale").defer_streamfields()


def sections(index: FaqIndexPage, audience: str = "") -> list[Section]:
    questions = listed(for_audience(QuestionPage.objects.descendant_of(index), audience)).order_by("path")
    found = _sealed(questions)
    grouped = _by_parent(found)
    return [Section(page, grouped[page.path]) for page in categories(index) if page.path in grouped]


def categories(index: FaqIndexPage) -> list[CategoryPage]:
    return list(listed(CategoryPage.objects.child_of(index)).order_by("path"))


def section(category: CategoryPage) -> Section:
    return Section(category, _sealed(listed(QuestionPage.objects.child_of(category)).order_by("path")))


def attach_categories(pages: Iterable[QuestionPage]) -> list[QuestionPage]:
    """Set `category` of many questions at once."""
    pages = list(pages)
    parents = CategoryPage.objects.filter(path__in={_parent_path(page) for page in pages})
    by_path = {category.path: category for category in parents.select_related("locale")}
    for page in pages:
        page.category = by_path[_parent_path(page)]
    return pages


def attach_relations(pages: Iterable[QuestionPage]) -> list[QuestionPage]:
    """Set `category` and `related` of many questions at once."""
    pages = attach_categories(pages)
    related_of = _related_of(pages)
    for page in pages:
        page.related = related_of[page.pk]
    return pages


def related(page: QuestionPage) -> list[QuestionPage]:
    return _related_of([page])[page.pk]


def named_results(codes: Iterable[str] | None = None) -> list[tuple[Proof, ProofResult]]:
    """Proofs (all or these) with the last thing each found out. One that never ran has nothing to show."""
    wanted = [entry for entry in proofs.every() if codes is None or entry.code in codes]
    rows = {row.code: row for row in _results(entry.code for entry in wanted)}
    return [(entry, rows[entry.code]) for entry in wanted if entry.code in rows]


def trail(page: Page) -> list[Page]:
    """The pages above this one in the help centre, the index first."""
    above = page.get_ancestors().filter(depth__gte=HELP_DEPTH)
    return list(above.select_related("locale"))


def _results(codes: Iterable[str]) -> list[ProofResult]:
    codes = set(codes)
    return list(ProofResult.objects.filter(code__in=codes)) if codes else []


def seals(pages: Iterable[QuestionPage]) -> dict[int, Seal]:
    """By page: a seal where every claimed proof has a fresh result. Unknown or old proves nothing."""
    pages = [page for page in pages if page.claims]
    results = {row.code: row for row in _results(code for page in pages for code in page.claims)}
    found = {page.pk: _seal([results.get(code) for code in page.claims]) for page in pages}
    return {pk: seal for pk, seal in found.items() if seal}


def _seal(results: list[ProofResult | None]) -> Seal | None:
    known = [row for row in results if row and row.is_fresh and row.state != State.UNKNOWN]
    if len(known) < len(results):
        return None
    state = State.OK if all(row.state == State.OK for row in known) else State.DEGRADED
    return Seal(state, min(row.checked_at for row in known))


def _sealed(questions: QuerySet) -> list[Any]:
    pages = list(questions)
    found = seals(pages)
    for page in pages:
        page.seal = found.get(page.pk)
    return pages


def _related_of(pages: list[QuestionPage]) -> dict[int, list[QuestionPage]]:
    """Related questions in the language of each page, live ones only, in the editor's order."""
    links = RelatedQuestion.objects.filter(page__in=pages).order_by("sort_order")
    keys = list(links.values_list("page_id", "question__translation_key"))
    translations = listed(QuestionPage.objects.filter(translation_key__in={key for _, key in keys}))
    by_key = {(page.translation_key, page.locale_id): page for page in translations}
    locale_of = {page.pk: page.locale_id for page in pages}
    found: dict[int, list[QuestionPage]] = defaultdict(list)
    for page_id, key in keys:
        if page := by_key.get((key, locale_of[page_id])):
            found[page_id].append(page)
    return found


def _by_parent(pages: Iterable[Any]) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = {}
    for page in pages:
        grouped.setdefault(_parent_path(page), []).append(page)
    return grouped


def _parent_path(page: Any) -> str:
    return page.path[: -page.steplen]


def help_centre(language: str) -> FaqIndexPage | None:
    """The help centre in this language, if it is open."""
    index = visible.to_everyone(FaqIndexPage.objects.filter(locale__language_code=language))
    return index.select_related("locale").order_by("path").first()


def in_category(questions: QuerySet, slug: str) -> QuerySet:
    parents = CategoryPage.objects.live().filter(slug=slug).values_list("path", flat=True)
    under = [Q(path__startswith=path) for path in parents]
    return questions.filter(reduce(or_, under)) if under else questions.none()


def due_for_review() -> QuerySet[QuestionPage]:
    due = QuestionPage.objects.live().filter(review_due__lte=timezone.localdate())
    return due.select_related("locale").defer_streamfields().order_by("review_due", "path")
