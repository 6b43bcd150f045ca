"""What webhooks hear of the store: which goods to read anew. What they are now, the API says.

Lines are only written while somebody wants them, since the store moves with every order.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from oscar.core.loading import get_model

from commerce import events as store
from commerce.models import Cancellation, Import, ReturnRequest
from core import journal
from core.models import Line

from . import events, webhooks
from .models import Webhook

Order, SellerOrder = get_model("order", "Order"), get_model("order", "SellerOrder")
Partner, StockRecord = get_model("partner", "Partner"), get_model("partner", "StockRecord")
Product = get_model("catalogue", "Product")


@journal.on(store.PRODUCT_SAVED, store.PRODUCT_PUBLISHED, store.PRODUCT_RESTORED, store.OFFER_CHANGED)
def tell_changed(line: Line) -> None:
    """Drafts are nobody else's business."""
    if _is_wanted(events.PRODUCTS_CHANGED):
        shown = Product.objects.filter(pk__in=_goods_of(line.subject), is_public=True)
        _write(events.PRODUCTS_CHANGED, list(shown.order_by("pk").values_list("pk", flat=True)))


@journal.on(store.PRODUCT_WITHDRAWN, store.PRODUCT_ARCHIVED, store.PRODUCT_HELD)
def tell_gone(line: Line) -> None:
    if _is_wanted(events.PRODUCTS_CHANGED):
        _write(events.PRODUCTS_CHANGED, _goods_of(line.subject))


@journal.on(store.IMPORT_WRITTEN, store.IMPORT_UNDONE, store.SELLING_SWITCHED)
def tell_of_seller(line: Line) -> None:
    """So many that its lists have to be read anew."""
    row = line.subject
    seller = row.partner if isinstance(row, Import) else row
    if isinstance(seller, Partner) and _is_wanted(events.PRODUCTS_CHANGED):
        _write(events.PRODUCTS_CHANGED, [], seller.code)


@journal.on(
    store.STOCK_SET,
    store.ORDER_PLACED,
    store.ORDER_RELEASED,
    store.PARCEL_CANCELLED,
    store.CANCELLED_BY_BUYER,
    store.RETURN_ACCEPTED,
)
def tell_stock(line: Line) -> None:
    if _is_wanted(events.STOCK_CHANGED):
        _write(events.STOCK_CHANGED, _goods_of(line.subject))


@journal.on(*events.STORE)
def tell_webhooks(line: Line) -> None:
    webhooks.fan_out(line)


def _is_wanted(name: str) -> bool:
    return Webhook.objects.filter(active=True, events__contains=[name]).exists()


def _write(name: str, products: list[int], seller: str = "") -> None:
    if products or seller:
        journal.write(name, data={"products": products, "seller": seller, "at": timezone.now().isoformat()})


def _goods_of(row: Any) -> list[int]:
    """The products that have a page: of a pack it is the one that it belongs to."""
    if isinstance(row, Cancellation | ReturnRequest):
        row = row.parcel
    if isinstance(row, Product | StockRecord):
        one = row if isinstance(row, Product) else row.product
        return [one.parent_id or one.pk]
    if not isinstance(row, Order | SellerOrder):
        return []
    sold = row.lines.exclude(product=None).values_list("product__parent_id", "product_id")
    return sorted({parent or own for parent, own in sold})
