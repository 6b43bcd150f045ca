"""All choices of all facets with their numbers, and how many goods fit, in one query.

Goods that fit, and those that miss in one facet only, are read once; a facet does not narrow its own
numbers, so the latter count for the facet they miss.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, Q, QuerySet, Value, When
from oscar.core.loading import get_model

from core import text
from core.response_cache import facts

from . import shown
from .filters import ATTRIBUTES, Filters, as_parameters

AttributeOption = get_model("catalogue", "AttributeOption")
Partner = get_model("partner", "Partner")

LONGEST_KEY = 200
MOST_COUNTED = 10_000  # of what words or choices narrow; numbers are lower bounds then, and say so

COUNT = """
    WITH found AS MATERIALIZED ({found}), counted AS (
        SELECT 'all' AS kind, NULL::bigint AS id, missed, count(*) AS number FROM found GROUP BY missed
        UNION ALL SELECT 'option', one, missed, sum(number)::bigint FROM (
            SELECT options, missed, count(*) AS number FROM found GROUP BY options, missed
        ) AS alike, unnest(options) AS one GROUP BY one, missed
        UNION ALL SELECT 'seller', one, missed, sum(number)::bigint FROM (
            SELECT sellers, missed, count(*) AS number FROM found GROUP BY sellers, missed
        ) AS alike, unnest(sellers) AS one GROUP BY one, missed
        UNION ALL SELECT 'shelf', one, missed, sum(number)::bigint FROM (
            SELECT shelves, missed, count(*) AS number FROM found WHERE missed = '' GROUP BY shelves, missed
        ) AS alike, unnest(shelves) AS one GROUP BY one, missed
    )
    SELECT kind, counted.id, missed, number, facet.code, coalesce(option.code, seller.code),
        coalesce(option.option, seller.name)
    FROM counted
    LEFT JOIN catalogue_attributeoption AS option ON kind = 'option' AND option.id = counted.id
    LEFT JOIN LATERAL (
        SELECT code FROM catalogue_productattribute AS attribute
        WHERE attribute.option_group_id = option.group_id AND code = ANY (%s) LIMIT 1
    ) AS facet ON true
    LEFT JOIN partner_partner AS seller ON kind = 'seller' AND seller.id = counted.id
"""


class Choice(NamedTuple):
    """Kept as JSON and read back many times, hence so plain."""

    code: str
    label: str
    number: int = 0
    is_chosen: bool = False
    place: int = 0


@dataclass
class Counts:
    """`choices` by facet, `shelves` by their key."""

    total: int = 0
    is_cut: bool = False  # there are more than were counted
    choices: dict[str, list[Choice]] = field(default_factory=dict)
    shelves: dict[int, int] = field(default_factory=dict)


def count(goods: QuerySet, filters: Filters) -> Counts:
    chosen: dict[str, tuple[str, ...]] = {**filters.choices, "seller": filters.sellers}
    counts = Counts()
    numbers: dict[tuple[str, int, str, str], int] = defaultdict(int)
    rows = _rows(goods, filters)
    counts.is_cut = sum(number for kind, _, _, number, *_ in rows if kind == "all") == MOST_COUNTED
    for kind, pk, missed, number, facet, code, label in rows:
        if kind == "all":
            counts.total += number if not missed else 0
        elif kind == "shelf":
            counts.shelves[pk] = number
        elif missed in ("", facet or "seller"):
            numbers[facet or "seller", pk, code, label] += number
    counts.choices = _choices(numbers, chosen)
    _add_chosen_without_hits(counts.choices, chosen)
    return counts


def kept(shelf: int | None, goods: QuerySet, filters: Filters) -> Counts:
    """The same for every page and order of a list, so it is counted once for all of them."""
    chosen = [pair for pair in as_parameters(filters) if pair[0] != "sort"]
    key = f"facets:{shelf or ''}:{urlencode(chosen)}"
    if filters.text or len(key) > LONGEST_KEY:
        return count(goods, filters)
    tags = {shown.GOODS, f"shelf:{shelf}" if shelf else shown.STORE}
    return _read(facts.kept(key, tags, lambda: asdict(count(goods, filters))))


def _read(row: dict[str, Any]) -> Counts:
    choices = {facet: [Choice(*one) for one in found] for facet, found in row["choices"].items()}
    shelves = {int(pk): number for pk, number in row["shelves"].items()}
    return Counts(row["total"], row["is_cut"], choices, shelves)


def _rows(goods: QuerySet, filters: Filters) -> list[tuple[Any, ...]]:
    try:
        found, values = _found(goods, filters).query.sql_with_params()
    except EmptyResultSet:  # asked for nothing, such as words without a letter
        return []
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(found=found), [*values, list(ATTRIBUTES)])
        return cursor.fetchall()


def _found(goods: QuerySet, filters: Filters) -> QuerySet:
    """Goods that miss in no facet, or in one: `missed` names it."""
    chosen = filters.facets()
    missed = Case(
        *(When(~condition, then=Value(facet)) for facet, condition in chosen.items()),
        default=Value(""),
        output_field=CharField(),
    )
    goods = filters.narrow(goods).order_by()
    if len(chosen) > 1:
        goods = goods.filter(reduce(or_, (_all_but(facet, chosen) for facet in chosen)))
    goods = goods.annotate(missed=missed).values_list("options", "sellers", "shelves", "missed")
    return goods[:MOST_COUNTED] if filters.text or filters.are_set else goods


def _all_but(facet: str, chosen: dict[str, Q]) -> Q:
    return Q(*(condition for name, condition in chosen.items() if name != facet))


def _choices(
    numbers: dict[tuple[str, int, str, str], int], chosen: dict[str, tuple[str, ...]]
) -> dict[str, list[Choice]]:
    """Options keep the order they were made in, young before old; sellers stand by name."""
    result: dict[str, list[Choice]] = {facet: [] for facet in [*ATTRIBUTES, "seller"]}
    for (facet, pk, code, label), number in numbers.items():
        place = pk if facet != "seller" else 0
        result[facet].append(Choice(code, label, number, code in chosen.get(facet, ()), place))
    return {
        facet: sorted(found, key=lambda choice: (choice.place, text.fold(choice.label)))
        for facet, found in result.items()
    }


def _add_chosen_without_hits(result: dict[str, list[Choice]], chosen: dict[str, tuple[str, ...]]) -> None:
    """What was chosen stays in view, so it can be taken back, even when nothing fits."""
    missing = {
        facet: [code for code in codes if code not in {choice.code for choice in result[facet]}]
        for facet, codes in chosen.items()
    }
    if not any(missing.values()):
        return
    options = AttributeOption.objects.filter(code__in=[code for codes in missing.values() for code in codes])
    sellers = Partner.objects.filter(code__in=missing["seller"])
    labels = dict(options.values_list("code", "option").union(sellers.values_list("code", "name"), all=True))
    for facet, codes in missing.items():
        result[facet] += [Choice(code, labels.get(code, code), is_chosen=True) for code in codes]
