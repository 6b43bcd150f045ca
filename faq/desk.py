"""The editors' desk: everything readers miss in one list, the loudest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from .models import Feedback, QuestionPage, SearchLog, Suggestion

MOST_OF_A_KIND = 50
SINCE = timedelta(days=90)
LEAST_VOTES = 1


@dataclass(frozen=True)
class Item:
    """One thing to do. `weight` is how many readers it would help."""

    kind: str
    title: str
    weight: int
    since: date
    locale: str
    row: Any


def items(*, kind: str = "", language: str = "") -> list[Item]:
    """What is open, of all kinds or of one. Three queries, however much there is."""
    readers = {"suggestion": _suggestions, "search": _searches, "answer": _answers}
    chosen = [readers[kind]] if kind in readers else list(readers.values())
    found = [item for read in chosen for item in read(language)]
    return sorted(found, key=lambda item: (-item.weight, item.since, item.title))


def empty_searches(language: str = "") -> QuerySet:
    """Searches that found nothing, summed up, without those somebody already writes about."""
    since = timezone.localdate() - SINCE
    rows = _in(SearchLog.objects.filter(day__gte=since, results=0), language)
    taken = Suggestion.objects.exclude(query="").values("query")
    return (
        rows.exclude(shown__in=taken)
        .values("query", "locale")
        .annotate(times=Sum("searches"), spelled=Max("shown"), last=Max("day"))
        .order_by("-times", "query")
    )


def unhelpful_answers(language: str = "") -> QuerySet[QuestionPage]:
    """Live answers by the "no" votes on the version that readers see now."""
    current = Q(feedback__revision=Coalesce(F("live_revision_id"), 0))
    counted = QuestionPage.objects.live().annotate(
        no=Count("feedback", filter=current & Q(feedback__helpful=False)),
        yes=Count("feedback", filter=current & Q(feedback__helpful=True)),
    )
    pages = _in(counted, language, "locale__language_code").filter(no__gte=LEAST_VOTES)
    return pages.select_related("locale").defer_streamfields().order_by("-no", "yes", "path")


def reasons_of(page: QuestionPage) -> QuerySet[Feedback]:
    """What readers said about the present version, the newest first."""
    said = page.feedback.filter(helpful=False, revision=page.live_revision_id or 0)
    return said.exclude(reason="", comment="").order_by("-at")


def _suggestions(language: str) -> list[Item]:
    rows = _in(Suggestion.objects.open().select_related("question", "source"), language).order_by("at")
    return [
        Item("suggestion", row.text, 1, timezone.localdate(row.at), row.locale, row)
        for row in rows[:MOST_OF_A_KIND]
    ]


def _searches(language: str) -> list[Item]:
    return [
        Item("search", row["spelled"], row["times"], row["last"], row["locale"], row)
        for row in empty_searches(language)[:MOST_OF_A_KIND]
    ]


def _answers(language: str) -> list[Item]:
    return [
        Item(
            "answer",
            page.title,
            page.no,
            timezone.localdate(page.last_published_at),
            page.locale.language_code,
            page,
        )
        for page in unhelpful_answers(language)[:MOST_OF_A_KIND]
    ]


def _in(rows: QuerySet, language: str, field: str = "locale") -> QuerySet:
    return rows.filter(**{field: language}) if language else rows
