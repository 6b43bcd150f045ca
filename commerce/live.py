"""What the store lends to pages."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from commerce import listings
from commerce.catalogue import tree
from commerce.models import Listing
from core import live


@live.block("commerce.catalogue", title=_("The store in numbers"), template="commerce/live/catalogue.html")
def catalogue() -> dict[str, Any]:
    """How many products and sellers there are now, and the top shelves."""
    listings.refresh()
    selling = Listing.objects.annotate(seller=Func(F("sellers"), function="unnest")).values("seller")
    return {
        "products": Listing.objects.count(),
        "sellers": selling.distinct().count(),
        "shelves": [{"name": shelf.name, "url": shelf.url} for shelf in tree.read().tops],
    }
