"""Once more what was in an order."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from oscar.core.loading import get_class

Selector = get_class("partner.strategy", "Selector")


@transaction.atomic
def buy_again(*, order: Any, basket: Any) -> list[str]:
    """Put into this basket what is still sold of it, as many as there are. Returns titles of the rest."""
    if not hasattr(basket, "_strategy"):
        basket.strategy = Selector().strategy()
    lines = order.lines.select_related("product__parent__product_class", "product__product_class")
    return [line.title for line in lines.order_by("pk") if not _add(basket, line)]


def _add(basket: Any, line: Any) -> bool:
    product = line.product
    if product is None or not product.is_public or (product.is_child and not product.parent.is_public):
        return False
    availability = basket.strategy.fetch_for_product(product).availability
    most = getattr(availability, "num_available", None)  # none: made to order
    has = basket.product_quantity(product)
    pieces = line.quantity - has if most is None else min(line.quantity, most) - has
    if availability.is_available_to_buy and pieces > 0:
        basket.add_product(product, pieces)
        return True
    return has > 0
