"""What search engines read of a product (schema.org): prices with VAT, stock, seller and the way to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.utils.html import _json_script_escapes  # the escapes of Django's own json_script
from django.utils.safestring import SafeString
from stdnum import ean

from . import queries, selling, words
from .stock_levels import of
from .tree import Shelf

STATES = {"in_stock": "InStock", "few": "LimitedAvailability", "sold_out": "OutOfStock"}
Absolute = Callable[[str], str]


def product(
    product: Any, strategy: Any, trail: list[Shelf], pictures: list[str], absolute: Absolute
) -> SafeString:
    """A data block: browsers run nothing in it."""
    page = absolute(product.get_absolute_url())
    told = words.read(product)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": told.title,
        "url": page,
        "sku": str(product.pk),
        "image": [absolute(picture) for picture in pictures],
        "offers": _offers(product, strategy, page),
    }
    if told.description:
        data["description"] = told.description
    if ean.is_valid(product.upc or ""):
        data["gtin"] = product.upc
    if product.rating:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": f"{product.rating:.1f}",
            "reviewCount": product.reviews_count,
        }
    if trail:
        data["category"] = " > ".join(shelf.name for shelf in trail)
    written = json.dumps([data, _trail(trail, absolute)], ensure_ascii=False)
    return SafeString(written.translate(_json_script_escapes))


def _offers(product: Any, strategy: Any, page: str) -> dict[str, Any] | list[dict[str, Any]]:
    sold = [one["product"] for one in queries.variants(product, strategy)] or [product]
    offers = [
        _offer(one, tag, strategy, page)
        for one in sold
        for tag in one.stockrecords.all()
        if selling.is_live(tag)
    ]
    if len(offers) < 2:
        return offers
    prices = sorted(offers, key=lambda offer: float(offer["price"]))
    return {
        "@type": "AggregateOffer",
        "priceCurrency": "TRY",
        "lowPrice": prices[0]["price"],
        "highPrice": prices[-1]["price"],
        "offerCount": len(offers),
        "offers": offers,
    }


def _offer(product: Any, tag: Any, strategy: Any, page: str) -> dict[str, Any]:
    level = of(strategy.availability_policy(product, tag))
    return {
        "@type": "Offer",
        "url": page,
        "price": f"{tag.price:.2f}",
        "priceCurrency": "TRY",
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            "price": f"{tag.price:.2f}",
            "priceCurrency": "TRY",
            "valueAddedTaxIncluded": True,
        },
        "itemCondition": "https://schema.org/NewCondition",
        "availability": f"https://schema.org/{STATES[level.state]}",
        "seller": {"@type": "Organization", "name": tag.partner.display_name},
    }


def _trail(trail: list[Shelf], absolute: Absolute) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": shelf.name, "item": absolute(shelf.url)}
            for place, shelf in enumerate(trail, 1)
        ],
    }
