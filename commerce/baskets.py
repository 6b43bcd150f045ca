"""Reads of one basket. The number of queries does not depend on the number of lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.http import QueryDict
from django.utils.translation import gettext as _
from oscar.core.loading import get_model

Line = get_model("basket", "Line")
Product = get_model("catalogue", "Product")

MAX_DIGITS = 9


@dataclass
class Row:
    """A line as the basket page shows it, with what has happened to it since it was put in."""

    line: Any
    notice: str

    @property
    def image(self) -> Any:
        product = self.line.product.parent if self.line.product.is_child else self.line.product
        images = product.images.all()
        return images[0] if images else None

    @property
    def page(self) -> str:
        product = self.line.product.parent if self.line.product.is_child else self.line.product
        return product.get_absolute_url()


def own_lines(basket: Any) -> QuerySet:
    """Lines of this basket and no other; of a basket that was never saved, none."""
    return Line.objects.filter(basket_id=basket.pk).select_related("product__product_class", "stockrecord")


def rows(basket: Any) -> list[Row]:
    lines = list(basket.all_lines())
    prefetch_related_objects(
        lines,
        "product__product_class",
        "product__parent__product_class",
        "product__parent__images",
        "stockrecord__partner",
    )
    return [Row(line, _notice(line)) for line in lines]


def removed(query: QueryDict, basket: Any) -> dict[str, Any] | None:
    """What the address says was just removed, if it may be put back."""
    pk, quantity = (query.get(name, "") for name in ("removed", "quantity"))
    if not all(
        number.isascii() and number.isdigit() and len(number) <= MAX_DIGITS for number in (pk, quantity)
    ):
        return None
    product = Product.objects.public().select_related("parent").filter(pk=pk).first()
    if product is None or any(line.product_id == product.pk for line in basket.all_lines()):
        return None
    return {"product": product, "quantity": int(quantity), "form_pk": product.parent_id or product.pk}


def _notice(line: Any) -> str:
    """Gone, too few left, or another price: said at the line, before anyone pays."""
    availability = line.purchase_info.availability
    if not availability.is_available_to_buy:
        return _("This product has sold out. Remove it to go on.")
    if not availability.is_purchase_permitted(line.quantity)[0]:
        return _("Only %(number)d left. Lower the quantity to go on.") % {
            "number": availability.num_available
        }
    return str(line.get_warning() or "")
