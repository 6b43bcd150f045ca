"""Search among goods, made for Turkish: folded words, matched from their beginning, without most endings.

The words stand in `Listing.words` with weights: A title, B shelf, seller and facet, C description. A hit
holds all words; where none does, the closest hold some of them. A spelling mistake leads to a suggestion,
not to guessed results.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection, transaction
from django.db.models import Case, QuerySet, Value, When

from core import text

MOST_WORDS = 8
MOST_CANDIDATES = 2000  # are weighed and shown; nobody turns a hundred pages
SHORTEST = 4  # letters that are left of a word
ENDING = re.compile(
    "(?:l[ae]r(?:i|in|ini|ina|ine|imin?)?|l[iu]k?|[sny][iu]|[iu]m(?:in)?|[iu]n|n[iu]n|(?:y|n)?[ae]"
    "|[dt][ae]n?|[iu]|(?<=[aeiou])m)$"
)
DATIVE = re.compile("[ae]$")  # `mama` and `tasma` end like this by themselves
SMALL_WORDS = frozenset(
    ["bir", "da", "de", "en", "icin", "ile", "ve", "veya", "and", "for", "of", "the", "with"]
)

BEST = """
    SELECT product_id FROM ({candidates}) AS candidate
    ORDER BY fit DESC, can_be_bought DESC, created DESC, product_id DESC OFFSET %s LIMIT %s
"""

# The first letter is rarely mistyped; swapped letters leave little in common, hence the low bound.
LEAST_ALIKE = 0.2
NEAREST = """
    SELECT typed, best.spelling FROM unnest(%(words)s::text[]) AS typed
    CROSS JOIN LATERAL (
        SELECT spelling, likeness FROM (
            SELECT spelling, plain, similarity(plain, typed) AS likeness FROM commerce_word
            WHERE plain %% typed AND left(plain, 1) = left(typed, 1)
            ORDER BY likeness DESC, spelling LIMIT 10
        ) AS near
        WHERE EXISTS (SELECT FROM commerce_listing WHERE words @@ quote_literal(near.plain)::tsquery)
        ORDER BY likeness DESC, spelling LIMIT 1
    ) AS best
    WHERE NOT EXISTS (SELECT FROM commerce_listing WHERE words @@ (quote_literal(typed) || ':*')::tsquery)
"""


@dataclass(frozen=True)
class Terms:
    typed: str

    @cached_property
    def words(self) -> list[str]:
        words = list(dict.fromkeys(re.findall(r"[^\W_]+", text.fold(self.typed))))
        telling = [word for word in words if word not in SMALL_WORDS]
        return (telling or words)[:MOST_WORDS]

    @property
    def roots(self) -> list[str]:
        return [root(word) for word in self.words]

    def all(self) -> SearchQuery:
        return _raw(" & ".join(f"'{one}':*" for one in self.roots))

    def some(self) -> SearchQuery:
        return _raw(" | ".join(f"'{one}':*" for one in self.roots))


def root(word: str) -> str:
    """`mamalarini` → `mama`, `kopegim` → `kope`: endings go, then a last letter that softens."""
    for _ in range(3):
        shorter = ENDING.sub("", word)
        if shorter == word or len(shorter) < SHORTEST or (len(word) == 5 and DATIVE.search(word)):
            break
        word = shorter
    return word[:-1] if len(word) > SHORTEST and word[-1] in "bcdgkpt" else word


def matching(listings: QuerySet, terms: Terms) -> QuerySet:
    """Those that hold all the words; nothing for words that hold no letter."""
    return listings.filter(words=terms.all()) if terms.words else listings.none()


def closest(listings: QuerySet, terms: Terms) -> QuerySet:
    return listings.filter(words=terms.some()) if terms.words else listings.none()


def best(listings: QuerySet, terms: Terms, start: int, number: int) -> tuple[str, list[Any]]:
    """Keys of the best, as SQL with its values: titles with the very words before titles with their
    beginnings before the rest; then what can be bought, then the newest. Weighed is a bounded number, so a
    word that everything holds costs no more."""
    whole = _raw(" & ".join(f"'{one}':A" for one in terms.words) or "''")
    begun = _raw(" & ".join(f"'{one}':*A" for one in terms.roots) or "''")
    fit = Case(When(words=whole, then=Value(2)), When(words=begun, then=Value(1)), default=Value(0))
    some = listings.order_by().annotate(fit=fit).values("product_id", "fit", "can_be_bought", "created")
    candidates, values = some[:MOST_CANDIDATES].query.sql_with_params()
    return BEST.format(candidates=candidates), [*values, start, number]


@transaction.atomic
def suggestion(terms: Terms) -> str:
    """The words with each that leads nowhere replaced by the nearest that goods use; empty if none is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LEAST_ALIKE)])
        cursor.execute(NEAREST, {"words": terms.words})
        nearest = dict(cursor.fetchall())
    return " ".join(nearest.get(word, word) for word in terms.words) if nearest else ""


def _raw(query: str) -> SearchQuery:
    """The words hold letters and digits only (`Terms.words`), so the raw form cannot be broken out of."""
    return SearchQuery(query, config="simple", search_type="raw")
