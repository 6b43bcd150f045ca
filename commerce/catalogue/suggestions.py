"""What the store's search box offers while somebody types: goods, shelves, sellers that begin like that."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery
from oscar.core.loading import get_model

from commerce.models import Listing
from core import text

from . import queries, search, tree

Partner = get_model("partner", "Partner")

SHORTEST = 2  # letters
MOST_GOODS, MOST_SHELVES, MOST_SELLERS = 6, 3, 3
MOST_CANDIDATES = 300


@dataclass(frozen=True)
class Suggestions:
    words: str
    goods: list[queries.ListCard] = field(default_factory=list)
    shelves: list[tree.Shelf] = field(default_factory=list)
    sellers: list[tuple[str, str]] = field(default_factory=list)  # code and name
    did_you_mean: str = ""


def suggest(typed: str) -> Suggestions:
    terms = search.Terms(typed)
    if len("".join(terms.words)) < SHORTEST:
        return Suggestions(typed)
    goods, shelves, sellers = _goods(terms), _shelves(terms), _sellers(terms)
    meant = "" if goods or shelves or sellers else search.suggestion(terms)
    return Suggestions(typed, goods, shelves, sellers, meant)


def _goods(terms: search.Terms) -> list[queries.ListCard]:
    """Titles that hold all the words, the last of them perhaps not typed to its end."""
    begun = SearchQuery(
        " & ".join(f"'{word}':*A" for word in terms.words), config="simple", search_type="raw"
    )
    some = Listing.objects.filter(words=begun).values("pk")[:MOST_CANDIDATES]
    best = Listing.objects.filter(pk__in=some).order_by("-can_be_bought", "-created", "-pk")
    return queries.cards(best[:MOST_GOODS])


def _shelves(terms: search.Terms) -> list[tree.Shelf]:
    found = [shelf for shelf in tree.read().by_pk.values() if _begins(shelf.title, terms)]
    return sorted(found, key=lambda shelf: len(shelf.path))[:MOST_SHELVES]


def _sellers(terms: search.Terms) -> list[tuple[str, str]]:
    sellers = Partner.objects.filter(is_selling=True).order_by("name").values_list("code", "name")
    return [(code, name) for code, name in sellers if _begins(name, terms)][:MOST_SELLERS]


def _begins(name: str, terms: search.Terms) -> bool:
    """Every word typed begins a word of the name."""
    words = text.fold(name).split()
    return all(any(word.startswith(typed) for word in words) for typed in terms.words)
