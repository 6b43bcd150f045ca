"""Reads of one basket. The number of queries does not depend on the number of lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from oscar.apps.basket.middleware import BasketMiddleware
from oscar.core.loading import get_model

from .quotes import Line as QuoteLine
from .quotes import Quote, Share

Line = get_model("basket", "Line")
Product = get_model("catalogue", "Product")

MAX_DIGITS = 9
_middleware = BasketMiddleware(lambda request: HttpResponse())


@dataclass
class Row:
    """A line as the basket page shows it, with what has happened to it since it was put in."""

    line: QuoteLine
    image: Any

    @property
    def page(self) -> str:
        product = self.line.product.parent if self.line.product.is_child else self.line.product
        return product.get_absolute_url()

    @property
    def notice(self) -> str:
        """Gone, too few left, or another price: said at the line, before anyone pays."""
        return self.line.problem or str(self.line.row.get_warning() or "")


def own_lines(basket: Any) -> QuerySet:
    """Lines of this basket and no other; of a basket that was never saved, none."""
    return Line.objects.filter(basket_id=basket.pk).select_related("product__product_class", "stockrecord")


def groups(quote: Quote) -> list[tuple[Share, list[Row]]]:
    """By seller. Pictures are read here, since only this page shows them."""
    products = [line.product.parent if line.product.is_child else line.product for line in quote.lines]
    prefetch_related_objects(products, "images")
    return [(share, [Row(line, _image(line)) for line in share.lines]) for share in quote.shares]


def _image(line: QuoteLine) -> Any:
    product = line.product.parent if line.product.is_child else line.product
    return next(iter(product.images.all()), None)


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


def of_request(request: HttpRequest, *, anew: bool = False) -> Any:
    """The basket of whoever asks, its offers not yet applied: for pages that count it with `quotes`.

    What stands above a page (the number of goods) then reads the same lines.
    """
    if anew:
        request._basket_cache = None  # type: ignore[attr-defined]
    basket = _middleware.get_basket(request)
    basket.strategy = request.strategy  # type: ignore[attr-defined]
    request.basket = basket  # type: ignore[attr-defined]
    return basket
