"""What the store can prove about itself."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_class, get_model

from commerce.catalogue import queries
from core import proofs
from core.proofs import Result, State

from . import after_proofs  # noqa: F401  (they register themselves)

Product = get_model("catalogue", "Product")
Selector = get_class("partner.strategy", "Selector")  # the one every request gets, whoever wrote it


@proofs.proof("commerce.prices_include_vat", title=gettext_lazy("Prices in the store include VAT"))
def prices_include_vat() -> Result:
    """Every price tag equals what a buyer is asked for: net price and KDV together, nothing on top."""
    strategy = Selector().strategy()
    products = queries.details(Product.objects.browsable())
    tags = [tag for product in products.iterator(chunk_size=500) for tag in _tags(product, strategy)]
    wrong = [sku for sku, tag, asked, tax in tags if asked != tag or tax <= Decimal(0)]
    if wrong:
        return Result(State.FAILED, _("Some prices do not include VAT."), ", ".join(wrong[:20]))
    return Result(State.OK, _("Every price in the store includes VAT."), f"{len(tags)} price tags")


def _tags(product: object, strategy: object) -> list[tuple]:
    sold = queries.variants(product, strategy) or [
        {"product": product, "info": strategy.fetch_for_product(product)}
    ]
    infos = [item["info"] for item in sold if item["info"].stockrecord]
    return [
        (info.stockrecord.partner_sku, info.stockrecord.price, info.price.incl_tax, info.price.tax)
        for info in infos
    ]
