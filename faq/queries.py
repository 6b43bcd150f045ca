"""Reads of the help centre. Each costs the same number of queries for one question and for five hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Prefetch, Q, QuerySet, TextField, Window
from django.db.models.functions import Cast, Left, RowNumber
from django.utils import timezone
from wagtail.models import Page

from core import clauses, proofs, visible
from core.models import ProofResult
from core.proofs import Proof, State

from .models import (
    Audience,
    CategoryPage,
    FaqIndexPage,
    QuestionPage,
    RelatedQuestion,
    ReviewNote,
    Tally,
)

HELP_DEPTH = 3  # root > home > help centre
ASKED_FROM = 3
FIRST_SHOWN = 8  # of each category on the index; a handful is overseen at a glance
PAGE_SIZE = 50  # of one category


@dataclass(frozen=True)
class Section:
    """A category with the questions a reader sees in it."""

    category: CategoryPage
    questions: list[QuestionPage]
    total: int

    @property
    def has_more(self) -> bool:
        return self.total > len(self.questions)


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
    """What everyone may see, as lists show it."""
    return shown(visible.to_everyone(questions))


def shown(questions: QuerySet) -> QuerySet:
    """With what a list shows, without the long answers."""
    return questions.select_related("locale").defer_streamfields()


def sections(index: FaqIndexPage, audience: str = "") -> list[Section]:
    """The categories with their first questions, and how many each holds in all."""
    found = sealed(numbered(index, audience).filter(place__lte=FIRST_SHOWN))
    grouped = _by_parent(found)
    return [
        Section(page, grouped[page.path], grouped[page.path][0].total)
        for page in categories(index)
        if page.path in grouped
    ]


def numbered(index: FaqIndexPage, audience: str = "") -> QuerySet:
    """Every question of the help centre with its place in its category and the number of its neighbours."""
    category = {"partition_by": Left("path", len(index.path) + index.steplen)}
    questions = for_audience(QuestionPage.objects.descendant_of(index), audience)
    return (
        listed(questions)
        .annotate(
            place=Window(RowNumber(), order_by="path", **category), total=Window(Count("*"), **category)
        )
        .order_by("path")
    )


def contents(index: FaqIndexPage) -> list[dict[str, Any]]:
    """The categories with how many answers each has and when one of them last changed."""
    questions = QuestionPage.objects.live().descendant_of(index).order_by()
    rows = questions.values(shelf=Left("path", len(index.path) + index.steplen)).annotate(
        answers=Count("pk"), updated_at=Max("last_published_at")
    )
    by_path = {row["shelf"]: row for row in rows}
    return [{**by_path[page.path], "category": page} for page in categories(index) if page.path in by_path]


def categories(index: FaqIndexPage) -> list[CategoryPage]:
    return list(listed(CategoryPage.objects.child_of(index)).order_by("path"))


def section(category: CategoryPage) -> QuerySet:
    """The questions of one category in the editors' order, to be shown page by page."""
    return listed(QuestionPage.objects.child_of(category)).order_by("path")


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


def asked(page: QuestionPage) -> int:
    """How many asked this, once they are enough to be worth a word."""
    count = Tally.objects.filter(pk=page.pk).values_list("asked", flat=True).first() or 0
    return count if count >= ASKED_FROM else 0


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


def sealed(questions: Iterable[Any]) -> list[Any]:
    """The questions as a list, each with its seal."""
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


def by_slug(slug: str, language: str) -> QuestionPage | None:
    """The answer that a link to the help page means with its anchor."""
    questions = QuestionPage.objects.live().public().filter(slug=slug, locale__language_code=language)
    return questions.select_related("locale").order_by("path").first()


def in_category(questions: QuerySet, slug: str) -> QuerySet:
    parents = CategoryPage.objects.live().filter(slug=slug).values_list("path", flat=True)
    under = [Q(path__startswith=path) for path in parents]
    return questions.filter(reduce(or_, under)) if under else questions.none()


def due_for_review() -> QuerySet[QuestionPage]:
    due = QuestionPage.objects.live().filter(review_due__lte=timezone.localdate())
    open_notes = Prefetch("review_notes", ReviewNote.objects.filter(done_at=None), to_attr="open_notes")
    due = due.select_related("locale").defer_streamfields().prefetch_related(open_notes)
    return due.order_by("review_due", "path")


def citing(document: str, *, clause: str = "", locale: str = "", language: str = "") -> list[QuestionPage]:
    """Live answers that quote the document. What a translation says (`locale`) concerns its language only."""
    pages = QuestionPage.objects.live().annotate(raw=Cast("body", TextField()))
    pages = pages.filter(raw__contains=f'"{document}:').select_related("locale").order_by("path")
    language = language or (locale if locale != settings.LANGUAGE_CODE else "")
    if language:
        pages = pages.filter(locale__language_code=language)
    return [page for page in pages if _quotes(page, document, clause)]


def _quotes(page: QuestionPage, document: str, clause: str) -> bool:
    refs = [ref for ref in clauses.cited(page.body) if ref.document == document]
    return any(not clause or ref.clause == clause for ref in refs)
