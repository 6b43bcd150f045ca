"""What people look for, counted by day: no row knows who, and what may be personal is not counted.

One statement for each search. A log that cannot be written never costs the reader the answer.
"""

from __future__ import annotations

import logging
import re
from datetime import timedelta

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone

from core import free_text, logs

from . import services
from .models import QuestionPage, SearchLog
from .search import Terms

log = logging.getLogger(__name__)

LONGEST = 80  # longer texts are letters to us, not searches
MANY_DIGITS = re.compile(r"(?:\d[\s().-]*){7}")
POPULAR_DAYS = 30
POPULAR_FROM = 10  # searches; fewer may be one person
COUNT = """
    INSERT INTO faq_searchlog (day, locale, query, shown, results, searches, clicks)
    VALUES (%s, %s, %s, %s, %s, 1, 0)
    ON CONFLICT (day, locale, query)
    DO UPDATE SET searches = faq_searchlog.searches + 1, results = EXCLUDED.results
"""


def may_keep(typed: str) -> bool:
    """Nothing that looks like an address, a number of a person or of a card."""
    return (
        0 < len(typed) <= LONGEST
        and "@" not in typed
        and not MANY_DIGITS.search(typed)
        and logs.mask_text(typed) == typed
        and not free_text.holds_identity_number(typed)
    )


def note(terms: Terms, *, language: str, results: int) -> None:
    """One more search of these words today."""
    if not terms.words or not may_keep(terms.typed):
        return
    row = [timezone.localdate(), language, terms.folded, terms.typed, results]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(COUNT, row)
    except DatabaseError:
        log.warning("search was not counted", exc_info=True)


@transaction.atomic
def note_click(terms: Terms, *, page: QuestionPage) -> None:
    """A search that led to this answer: somebody asked it."""
    today = SearchLog.objects.filter(day=timezone.localdate(), locale=page.locale.language_code)
    if today.filter(query=terms.folded, results__gt=0).update(clicks=F("clicks") + 1):
        services.count_asked(page.pk)


def popular(language: str, *, most: int = 4) -> list[str]:
    """What many searched and found in the last days, for help pages whose editors chose nothing."""
    return cache.get_or_set(f"faq.popular:{language}", lambda: _popular(language, most), 3600) or []


def _popular(language: str, most: int) -> list[str]:
    since = timezone.localdate() - timedelta(days=POPULAR_DAYS)
    rows = SearchLog.objects.filter(locale=language, day__gte=since, results__gt=0).values("query")
    often = rows.annotate(times=Sum("searches"), led=Sum("clicks")).filter(
        Q(times__gte=POPULAR_FROM, led__gt=0)
    )
    words = [row["query"] for row in often.order_by("-times", "query")[:most]]
    spelled = dict(SearchLog.objects.filter(locale=language, query__in=words).values_list("query", "shown"))
    return [spelled[word] for word in words]
