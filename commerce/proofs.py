"""What the store can prove about itself."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_class, get_model

from commerce.catalogue import queries
from core import proofs
from core.proofs import Result, State

BATCH = 1000
MOST_NAMED = 20

Product = get_model("catalogue", "Product")
Selector = get_class("partner.strategy", "Selector")  # the one every request gets, whoever wrote it


@proofs.proof("commerce.prices_include_vat", title=gettext_lazy("Prices in the store include VAT"))
def prices_include_vat() -> Result:
    """Every price tag equals what a buyer is asked for: net price and KDV together, nothing on top."""
    strategy = Selector().strategy()
    tags, wrong = 0, []
    for product in _products():
        for sku, tag, asked, tax in _tags(product, strategy):
            tags += 1
            if (asked != tag or tax <= Decimal(0)) and len(wrong) < MOST_NAMED:
                wrong.append(sku)
    if wrong:
        return Result(State.FAILED, _("Some prices do not include VAT."), ", ".join(wrong))
    return Result(State.OK, _("Every price in the store includes VAT."), f"{tags} price tags")


def _products() -> Iterator[Any]:
    """All that can be seen, a thousand at a time: what is held in memory does not grow with the store."""
    last = 0
    while batch := list(queries.priced(Product.objects.browsable().filter(pk__gt=last))[:BATCH]):
        yield from batch
        last = batch[-1].pk


def _tags(product: Any, strategy: Any) -> list[tuple]:
    sold = queries.variants(product, strategy) or [
        {"product": product, "info": strategy.fetch_for_product(product)}
    ]
    infos = [item["info"] for item in sold if item["info"].stockrecord]
    return [
        (info.stockrecord.partner_sku, info.stockrecord.price, info.price.incl_tax, info.price.tax)
        for info in infos
    ]
