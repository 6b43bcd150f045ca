"""What the store lends to pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from commerce.catalogue import tree
from core import live

Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")


@live.block("commerce.catalogue", title=_("The store in numbers"), template="commerce/live/catalogue.html")
def catalogue() -> dict[str, Any]:
    """How many products and sellers there are now, and the top shelves."""
    products = Product.objects.browsable()
    offering = Q(stockrecords__product__in=products) | Q(stockrecords__product__parent__in=products)
    return {
        "products": products.count(),
        "sellers": Partner.objects.filter(offering).distinct().count(),
        "shelves": [{"name": shelf.name, "url": shelf.url} for shelf in tree.read().tops],
    }
