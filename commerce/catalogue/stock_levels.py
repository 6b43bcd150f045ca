"""What visitors are told of stock: there is some, these few are left, or none. Never how many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from oscar.core.loading import get_class, get_model

from . import selling

StockRecord = get_model("partner", "StockRecord")
Selector = get_class("partner.strategy", "Selector")

FEW = 5  # up to here the number is told


@dataclass(frozen=True)
class Level:
    state: str  # in_stock, few or sold_out
    left: int | None = None


SOLD_OUT, IN_STOCK = Level("sold_out"), Level("in_stock")
BETTER = {"sold_out": 0, "few": 1, "in_stock": 2}


def of(availability: Any) -> Level:
    """In words for visitors what Oscar's policy says."""
    if not availability.is_available_to_buy:
        return SOLD_OUT
    left = getattr(availability, "num_available", None)
    return IN_STOCK if left is None or left > FEW else Level("few", left)


def levels(pks: Iterable[int]) -> dict[int, Level]:
    """Of public products and variants, in one query, as stock stands now. Others are not told of."""
    wanted = set(pks)
    strategy = Selector().strategy()
    found: dict[int, list[Level]] = defaultdict(list)
    for tag in _tags(wanted):
        level = of(strategy.availability_policy(tag.product, tag))
        for pk in {tag.product_id, tag.product.parent_id} & wanted:
            found[pk].append(level)
    return {pk: max(each, key=lambda level: BETTER[level.state]) for pk, each in found.items()}


def _tags(pks: set[int]) -> Any:
    public = Q(product__parent=None) | Q(product__parent__is_public=True)
    asked = Q(product__in=pks) | Q(product__parent__in=pks)
    tags = StockRecord.objects.filter(public & asked & selling.LIVE, product__is_public=True)
    return tags.select_related("partner", "product__product_class", "product__parent__product_class")
