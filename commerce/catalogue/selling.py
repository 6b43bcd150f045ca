"""Which products and price tags the public meets: offered by their seller, whose business may sell."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from oscar.apps.catalogue.managers import ProductQuerySet

LIVE = Q(is_offered=True, partner__is_selling=True, price__isnull=False)


def tags() -> QuerySet:
    return apps.get_model("partner", "StockRecord").objects.all()


def is_live(offer: Any) -> bool:
    return bool(offer.is_offered and offer.partner.is_selling and offer.price is not None)


class Products(ProductQuerySet):
    def shelved(self) -> Any:
        """Public, and no variant of another: what the search index knows how to filter."""
        return super().browsable()

    def on_sale(self) -> Any:
        """Without goods of which every seller has stopped.

        Asked from the few sellers that have stopped, not from the many products.
        """
        return self.exclude(_stopped("") | _stopped("children__"))

    def browsable(self) -> Any:
        return self.shelved().on_sale()


def _stopped(path: str) -> Q:
    stopped = tags().filter(partner__is_selling=False)
    owner = "product_id" if not path else "product__parent_id"
    mine = (
        Q(product=OuterRef("pk")) if not path else Q(product__parent=OuterRef("pk"), product__is_public=True)
    )
    return Q(pk__in=stopped.filter(**{f"{owner}__isnull": False}).values(owner)) & ~Exists(
        tags().filter(mine, LIVE)
    )
