"""Search in the help centre, made for Turkish.

Words are folded (`Şifremi` = `sifremi`) and matched from their beginning, because Turkish grows at
the end of the word; a long word may also match by its stem alone. PostgreSQL's Turkish stemmer
works beside it. Spelling mistakes lead to a suggestion, not to guessed results.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Case, F, Func, Q, QuerySet, TextField, Value, When
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Locale

from core import text, visible

from . import queries, vocabulary
from .models import QuestionPage

LONGEST_QUERY = 200
MOST_TERMS = 10
MOST_CANDIDATES = 100
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


class Fold(Func):
    """`core.text.fold` in the database."""

    template = (
        "translate(lower(translate(%(expressions)s, 'IİÇĞÖŞÜÂÎÛ', 'iicgosuaiu')), 'çğıöşüâîû', 'cgiosuaiu')"
    )
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
        words = list(dict.fromkeys(vocabulary.split(text.fold(self.typed))))
        telling = [word for word in words if word not in SMALL_WORDS]
        return (telling or words)[:MOST_TERMS]

    @property
    def spelled(self) -> list[str]:
        """The same words with the letters that were typed, for a stemmer that knows Turkish."""
        typed = {text.fold(word): word for word in vocabulary.split(text.lower(self.typed))}
        return [typed.get(word, word) for word in self.words]

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
    locale = Locale.objects.filter(language_code=language).values("pk")[:1]
    written = queries.for_audience(QuestionPage.objects.filter(locale=locale), audience)
    found = search_in(visible.to_everyone(written), terms, shown=queries.shown(QuestionPage.objects.all()))
    return found if found.is_exact else replace(found, suggestion=_suggestion(terms, language))


def search_in(questions: QuerySet, terms: Terms, *, shown: QuerySet | None = None) -> Found:
    """Those of the questions that fit, read as in `shown`, which need not ask again what they may show."""
    if not terms.words:
        return Found(terms, questions.none(), is_exact=True)
    turkish = SearchQuery(terms.typed, config="turkish")
    in_title, in_text = Q(indexed__title=turkish), Q(indexed__body=turkish)
    exact = _candidates(questions, in_title, _begin(_all(terms.stems)) | in_text)
    found = exact or _candidates(questions, *_close(terms))
    rows = questions if shown is None else shown
    return Found(terms, _ordered(rows.filter(pk__in=found), terms), is_exact=bool(exact))


def _close(terms: Terms) -> list[Q]:
    """Most of the words, then any. The stemmer's whole words come first: they cost a tenth of beginnings."""
    in_title = _raw(_most([f"'{word}'" for word in terms.spelled]), config="turkish")
    most = _raw(_most(list(map(_beginning, terms.stems))))
    return [Q(indexed__title=in_title), _begin(most), _begin(_any(terms.stems))]


def _candidates(questions: QuerySet, *matches: Q) -> list[int]:
    """Found by the indexes, the better ones first. Only these are weighed: judging the fit costs a hundred
    times as much as finding. No order, so that PostgreSQL may stop as soon as there are enough: then the
    wider matches, which read most of the index, are not begun. Hence nothing may be found twice."""
    parts, better = [], Q()
    for match in matches:
        pks = questions.filter(match & ~better if better else match).order_by().values_list("pk")
        parts.append(pks[:MOST_CANDIDATES])
        better |= match
    return [pk for (pk,) in parts[0].union(*parts[1:], all=True)[:MOST_CANDIDATES]]


def _ordered(questions: QuerySet, terms: Terms) -> QuerySet:
    """Whole words before stems, titles before texts.

    From a page to its entry, Wagtail's own relation has the index; `indexed` is for the other way.
    """
    in_title = TrigramWordSimilarity(terms.folded, Fold("title"))
    whole = Case(When(index_entries__autocomplete=_all(terms.words), then=Value(0.5)), default=Value(0.0))
    often = SearchRank(F("index_entries__autocomplete"), _any(terms.stems))
    return questions.annotate(fit=in_title + whole + often).order_by("-fit", "path")


def _begin(words: SearchQuery) -> Q:
    return Q(indexed__autocomplete=words)


def _all(words: list[str]) -> SearchQuery:
    return _beginnings(" & ", words)


def _any(words: list[str]) -> SearchQuery:
    return _beginnings(" | ", words)


def _most(operands: list[str]) -> str:
    """All but one of three and more, whichever it is; any of two. The index reads an operand anew for every
    time it is named, so each is named as rarely as can be."""
    first, *rest = operands
    if len(rest) < 2:
        return " | ".join(operands)
    return f"({first} & ({_most(rest)})) | ({' & '.join(rest)})"


def _beginnings(operator: str, words: list[str]) -> SearchQuery:
    return _raw(operator.join(map(_beginning, words)))


def _beginning(word: str) -> str:
    return f"'{word}':*"


def _raw(query: str, config: str = "simple") -> SearchQuery:
    """The words hold letters and digits only (`Terms.words`), so the raw form cannot be broken out of."""
    return SearchQuery(query, config=config, search_type="raw")


def _suggestion(terms: Terms, language: str) -> str:
    """The query with each word replaced by the nearest one that questions use; empty if none differs."""
    nearest = vocabulary.nearest(terms.words, language)
    better = [nearest.get(word, word) for word in terms.words]
    return " ".join(better) if [text.fold(word) for word in better] != terms.words else ""
