"""What the store can prove about itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_class, get_model

from commerce.catalogue import selling
from core import proofs
from core.proofs import Result, State

from . import after_proofs  # noqa: F401  (they register themselves)

MOST_NAMED = 20

StockRecord = get_model("partner", "StockRecord")
Selector = get_class("partner.strategy", "Selector")  # the one every request gets, whoever wrote it


@proofs.proof("commerce.prices_include_vat", title=gettext_lazy("Prices in the store include VAT"))
def prices_include_vat() -> Result:
    """Every price tag equals what a buyer is asked for: net price and KDV together, nothing on top."""
    strategy = Selector().strategy()
    tags = 0
    wrong: list[str] = []
    for tag in _tags():
        price = strategy.pricing_policy(tag.product, tag)
        tags += 1
        if (price.incl_tax != tag.price or price.tax <= 0) and len(wrong) < MOST_NAMED:
            wrong.append(tag.partner_sku)
    if wrong:
        return Result(State.FAILED, _("Some prices do not include VAT."), ", ".join(wrong))
    return Result(State.OK, _("Every price in the store includes VAT."), f"{tags} price tags")


def _tags() -> Iterator[Any]:
    """All that visitors can see, read in pieces: what is held in memory does not grow with the store."""
    public = Q(product__parent=None) | Q(product__parent__is_public=True)
    tags = StockRecord.objects.filter(public, selling.LIVE, product__is_public=True)
    tags = tags.select_related("product__parent")
    return tags.defer("product__description", "product__parent__description").iterator(chunk_size=1000)
