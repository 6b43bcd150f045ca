"""Search in the help centre, made for Turkish.

Words are folded (`Şifremi` = `sifremi`) and matched from their beginning, because Turkish grows at
the end of the word; a long word may also match by its stem alone. PostgreSQL's Turkish stemmer
works beside it. Spelling mistakes lead to a suggestion, not to guessed results.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection
from django.db.models import Case, F, Func, Q, QuerySet, TextField, Value, When
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import text

from . import queries
from .models import QuestionPage

LONGEST_QUERY = 200
MOST_TERMS = 10
MOST_CANDIDATES = 1000
# Folded words of questions that say nothing about their subject.
TURKISH_SMALL_WORDS = """
    acaba ama bana ben beni benim bir biz bize bizi bu buna bunu da daha de diye en gibi gunde hangi hem
    icin ile istiyorum kac kadar ki kim mi midir miyim mu mudur musunuz misiniz nasil ne neden nerede nereden
    nereye nedir neler nelerdir o olur oluyor peki sen siz size sizi su var ve veya ya yapabilirim yapilir
    yok zaman
"""
ENGLISH_SMALL_WORDS = """
    a an and are can do does for how i in is it me my of on or the to what when where which who with you your
"""
SMALL_WORDS = frozenset(f"{TURKISH_SMALL_WORDS} {ENGLISH_SMALL_WORDS}".split())


FOLD = "translate(lower(translate(%s, 'IİÇĞÖŞÜÂÎÛ', 'iicgosuaiu')), 'çğıöşüâîû', 'cgiosuaiu')"


class Fold(Func):
    """`core.text.fold` in the database."""

    template = FOLD % "%(expressions)s"
    output_field = TextField()


@dataclass(frozen=True)
class Terms:
    """What a reader typed, cut to a length that no honest question exceeds."""

    typed: str

    @classmethod
    def read(cls, typed: str) -> Terms:
        return cls(" ".join(typed[:LONGEST_QUERY].split()))

    @cached_property
    def words(self) -> list[str]:
        words = list(dict.fromkeys(re.findall(r"[^\W_]+", text.fold(self.typed))))
        telling = [word for word in words if word not in SMALL_WORDS]
        return (telling or words)[:MOST_TERMS]

    @property
    def folded(self) -> str:
        return " ".join(self.words)

    @property
    def stems(self) -> list[str]:
        return [stem(word) for word in self.words]

    def mark(self, words: str) -> SafeString:
        """The text with its matching words in <mark>; everything in it is escaped."""
        stems = tuple(self.stems)
        return format_html_join(
            "",
            "{}",
            (
                (format_html("<mark>{}</mark>", part) if text.fold(part).startswith(stems) else part,)
                for part in re.split(r"(\w+)", words)
            ),
        )


@dataclass(frozen=True)
class Found:
    """Questions in order of fit. Not `is_exact`: nothing has all the words, these have some of them."""

    terms: Terms
    questions: QuerySet
    is_exact: bool
    suggestion: str = ""


def stem(word: str) -> str:
    """A Turkish word without most of its endings: `faturalarimi` → `fatura`, `hesabim` → `hesa`.

    Four letters stay at least. A last letter that softens (hesap, hesabı) goes as well.
    """
    if len(word) <= 4:
        return word
    short = word[: max(4, len(word) // 2)]
    return short[:-1] if len(short) > 4 and short[-1] in "bcdgkpt" else short


def search(typed: str, *, language: str, audience: str = "") -> Found:
    """The help centre in this language, with a suggestion where nothing has all the words."""
    terms = Terms.read(typed)
    questions = queries.for_audience(QuestionPage.objects.filter(locale__language_code=language), audience)
    found = search_in(queries.listed(questions), terms)
    return found if found.is_exact else replace(found, suggestion=_suggestion(terms, language))


def search_in(questions: QuerySet, terms: Terms) -> Found:
    if not terms.words:
        return Found(terms, questions.none(), is_exact=True)
    if exact := _candidates(questions.filter(_has_all(terms)), terms):
        return Found(terms, _ordered(questions.filter(pk__in=exact), terms), is_exact=True)
    close = _candidates(questions.filter(index_entries__autocomplete=_any(terms.stems)), terms)
    return Found(terms, _ordered(questions.filter(pk__in=close), terms), is_exact=False)


def _candidates(matching: QuerySet, terms: Terms) -> list[int]:
    """Found by the indexes, those with the words in their title first. Only these are weighed: judging the
    fit costs a hundred times as much as finding, and nobody reads beyond a thousand."""
    in_title = Case(
        When(index_entries__title=SearchQuery(terms.typed, config="turkish"), then=Value(0)), default=Value(1)
    )
    return list(matching.order_by(in_title, "path").values_list("pk", flat=True)[:MOST_CANDIDATES])


def _has_all(terms: Terms) -> Q:
    turkish = SearchQuery(terms.typed, config="turkish")
    return (
        Q(index_entries__autocomplete=_all(terms.stems))
        | Q(index_entries__title=turkish)
        | Q(index_entries__body=turkish)
    )


def _ordered(questions: QuerySet, terms: Terms) -> QuerySet:
    """Whole words before stems, titles before texts."""
    in_title = TrigramWordSimilarity(terms.folded, Fold("title"))
    whole = Case(When(index_entries__autocomplete=_all(terms.words), then=Value(0.5)), default=Value(0.0))
    often = SearchRank(F("index_entries__autocomplete"), _any(terms.stems))
    return questions.annotate(fit=in_title + whole + often).order_by("-fit", "path")


def _all(words: list[str]) -> SearchQuery:
    return _beginnings(" & ", words)


def _any(words: list[str]) -> SearchQuery:
    return _beginnings(" | ", words)


def _beginnings(operator: str, words: list[str]) -> SearchQuery:
    """The words hold letters and digits only (`Terms.words`), so the raw form cannot be broken out of."""
    return SearchQuery(operator.join(f"'{word}':*" for word in words), config="simple", search_type="raw")


# Swapped letters leave little in common, hence the low bound; the first letter is rarely mistyped.
NEAREST_WORDS = f"""
    WITH vocabulary AS (
        SELECT DISTINCT regexp_split_to_table(title || ' ' || synonyms, '[[:space:],.;:?!()/“”"]+') AS word
        FROM faq_questionpage JOIN wagtailcore_page ON id = page_ptr_id
        WHERE live AND locale_id = (SELECT id FROM wagtailcore_locale WHERE language_code = %(language)s)
        AND NOT EXISTS (
            SELECT FROM wagtailcore_pageviewrestriction AS closed
            JOIN wagtailcore_page AS top ON top.id = closed.page_id
            WHERE starts_with(wagtailcore_page.path, top.path)
        )
    ), folded AS (
        SELECT word, {FOLD % "word"} AS plain FROM vocabulary
    )
    SELECT DISTINCT ON (typed) typed, word
    FROM unnest(%(words)s::text[]) AS typed
    JOIN folded ON similarity(plain, typed) >= 0.25 AND left(plain, 1) = left(typed, 1)
    ORDER BY typed, similarity(plain, typed) DESC, word
"""  # noqa: S608  (joined from constants; what people type is passed as parameters)


def _suggestion(terms: Terms, language: str) -> str:
    """The query with each word replaced by the nearest one that questions use; empty if none differs."""
    with connection.cursor() as cursor:
        cursor.execute(NEAREST_WORDS, {"language": language, "words": terms.words})
        nearest: dict[str, Any] = dict(cursor.fetchall())
    better = [text.lower(nearest.get(word, word)) for word in terms.words]
    return " ".join(better) if [text.fold(word) for word in better] != terms.words else ""
