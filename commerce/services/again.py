"""Buy it again: what is still sold goes into the basket, what is gone is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from oscar.core.loading import get_class, get_model

Product = get_model("catalogue", "Product")
Selector = get_class("partner.strategy", "Selector")


@dataclass
class Outcome:
    added: list[str] = field(default_factory=list)
    fewer: list[tuple[str, int]] = field(default_factory=list)  # so many were left
    gone: list[str] = field(default_factory=list)


@transaction.atomic
def buy_again(*, order: Any, basket: Any) -> Outcome:
    """The pieces of an order, at today's prices, by today's sellers; never more than there are."""
    if not hasattr(basket, "_strategy"):
        basket.strategy = Selector().strategy()
    outcome = Outcome()
    lines = list(order.lines.order_by("pk"))
    public = Product.objects.public().filter(pk__in=[line.product_id for line in lines if line.product_id])
    known = {product.pk: product for product in public.select_related("parent", "product_class")}
    for line in lines:
        _add(outcome, line, known.get(line.product_id), basket)
    return outcome


def _add(outcome: Outcome, line: Any, product: Any, basket: Any) -> None:
    number = _possible(product, line.quantity, basket) if product else 0
    if not number:
        outcome.gone.append(line.title)
        return
    basket.add_product(product, number)
    outcome.added.append(line.title)
    if number < line.quantity:
        outcome.fewer.append((line.title, number))


def _possible(product: Any, wanted: int, basket: Any) -> int:
    if product.is_child and not product.parent.is_public:
        return 0
    availability = basket.strategy.fetch_for_product(product).availability
    if not availability.is_available_to_buy:
        return 0
    there = getattr(availability, "num_available", None)
    held = basket.product_quantity(product)
    return wanted if there is None else max(0, min(wanted, there - held))
