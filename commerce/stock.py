"""Stock of sellers: put aside for an order, freed, gone with a parcel, back on the shelf.

Rows are always locked by number, so two orders with the same goods in another sequence cannot wait for
each other. Oscar's own `allocate` counts without asking how much is there.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from core.errors import Refused

StockRecord = get_model("partner", "StockRecord")
ALLOCATED = Coalesce("num_allocated", Value(0))
# Goods of a kind whose stock is not tracked are made to order; a variant is of its parent's kind.
COUNTED = Coalesce(
    "product__product_class__track_stock", "product__parent__product_class__track_stock", Value(True)
)


class SoldOut(Refused):
    """`missing` names the price tags (pk) of which too few are left, with how many there are."""

    code = "sold_out"
    message = _("Somebody was quicker: some of it has just sold out. Nothing was charged.")

    def __init__(self, missing: Mapping[int, int]) -> None:
        super().__init__()
        self.missing = dict(missing)


@transaction.atomic
def allocate(wanted: Mapping[int, int]) -> None:
    """Put aside for an order: {pk of the price tag: pieces}. All or nothing; raises SoldOut."""
    put_aside(wanted, locked(wanted))


def put_aside(wanted: Mapping[int, int], rows: Mapping[int, StockRecord]) -> None:
    """As `allocate`, of rows that are locked already."""
    missing = {
        pk: max(0, rows[pk].net_stock_level or 0)
        for pk, pieces in wanted.items()
        if _lacks(rows.get(pk), pieces)
    }
    if missing:
        raise SoldOut(missing)
    _counted(wanted).update(num_allocated=ALLOCATED + _pieces(wanted))


@transaction.atomic
def free(kept: Mapping[int, int]) -> None:
    """The order goes nowhere: what was put aside can be sold again."""
    locked(kept)
    _counted(kept).update(num_allocated=F("num_allocated") - _pieces(kept))


@transaction.atomic
def take(sent: Mapping[int, int]) -> None:
    """It left the shelf."""
    locked(sent)
    gone = _pieces(sent)
    _counted(sent).update(num_allocated=F("num_allocated") - gone, num_in_stock=F("num_in_stock") - gone)


@transaction.atomic
def put_back(returned: Mapping[int, int]) -> None:
    """Came back in order, and can be sold again."""
    locked(returned)
    _counted(returned).update(num_in_stock=F("num_in_stock") + _pieces(returned))


def locked(pieces: Mapping[int, int]) -> dict[int, StockRecord]:
    rows = StockRecord.objects.select_for_update(of=("self",)).filter(pk__in=pieces).order_by("pk")
    return {row.pk: row for row in rows.annotate(is_counted=COUNTED)}


def _counted(pieces: Mapping[int, int]) -> QuerySet:
    """What is made to order has no number to change, nor has what was never counted."""
    rows = StockRecord.objects.alias(is_counted=COUNTED).filter(is_counted=True)
    return StockRecord.objects.filter(pk__in=rows.filter(pk__in=pieces, num_in_stock__isnull=False))


def _pieces(pieces: Mapping[int, int]) -> Case:
    """For each row its own figure, so that all of them change in one statement."""
    return Case(*(When(pk=pk, then=Value(number)) for pk, number in pieces.items()), default=Value(0))


def _lacks(row: StockRecord | None, pieces: int) -> bool:
    """As `partner.strategy`: made to order there is always one more; without a number there is none."""
    return row is None or (row.is_counted and row.net_stock_level < pieces)
