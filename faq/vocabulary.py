"""The words of questions, and the nearest of them to one that was mistyped.

Words are far fewer than titles and grow ever more slowly, and a trigram index over them finds the likely
ones without reading the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import connection, transaction

from core import text

from .models import QuestionPage, Word

LONGEST = 100
BATCH = 5000
# Swapped letters leave little in common, hence the low bound; the first letter is rarely mistyped.
LEAST_ALIKE = 0.25
NEAREST = """
    SELECT typed, best.spelling
    FROM unnest(%(words)s::text[]) AS typed
    CROSS JOIN LATERAL (
        SELECT spelling, likeness FROM (
            SELECT spelling, plain, similarity(plain, typed) AS likeness
            FROM faq_word
            WHERE plain %% typed AND left(plain, 1) = left(typed, 1) AND language = %(language)s
            ORDER BY likeness DESC, spelling
            LIMIT 10
        ) AS near
        WHERE EXISTS (
            SELECT FROM faq_indexedquestion AS entry
            JOIN wagtailcore_page AS page ON page.id = entry.page_id
            WHERE entry.autocomplete @@ (quote_literal(near.plain))::tsquery
            AND page.live
            AND page.locale_id = (SELECT id FROM wagtailcore_locale WHERE language_code = %(language)s)
            AND NOT EXISTS (
                SELECT FROM wagtailcore_pageviewrestriction AS closed
                JOIN wagtailcore_page AS top ON top.id = closed.page_id
                WHERE starts_with(page.path, top.path)
            )
        )
        ORDER BY likeness DESC, spelling
        LIMIT 1
    ) AS best
"""


def learn(pages: Iterable[QuestionPage]) -> None:
    """Add the words of these questions, in one order: two editors' inserts cannot wait for each other."""
    found = sorted({(page.locale.language_code, word) for page in pages for word in words_of(page)})
    words = [Word(language=language, spelling=word, plain=text.fold(word)) for language, word in found]
    Word.objects.bulk_create(words, batch_size=BATCH, ignore_conflicts=True)


@transaction.atomic
def learn_anew() -> None:
    """Only the words of the questions that are there now."""
    Word.objects.all().delete()
    learn(QuestionPage.objects.live().select_related("locale").iterator())


def words_of(page: QuestionPage) -> set[str]:
    found = split(text.lower(f"{page.title} {page.synonyms}"))
    return {word for word in found if len(word) <= LONGEST}


def split(words: str) -> list[str]:
    return re.findall(r"[^\W_]+", words)


@transaction.atomic
def nearest(words: list[str], language: str) -> dict[str, str]:
    """For each folded word the likeliest that a public question uses, where there is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LEAST_ALIKE)])
        cursor.execute(NEAREST, {"language": language, "words": words})
        return dict(cursor.fetchall())
