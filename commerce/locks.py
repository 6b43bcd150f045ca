"""How rows of the store are locked: basket, business, voucher, limited offer, stock, order, parcels.

Payment and ledger come after them (`payments.locks`). Rows of one kind are locked by number.
A refund locks everything its payment is for; taking all parcels of an order at once, in the same sequence,
keeps two cancellations of it from waiting for each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Q
from oscar.core.loading import get_model

from . import stock

Basket = get_model("basket", "Basket")
ConditionalOffer = get_model("offer", "ConditionalOffer")
Line = get_model("order", "Line")
Order = get_model("order", "Order")
SellerOrder = get_model("order", "SellerOrder")
Voucher = get_model("voucher", "Voucher")

LIMITS = ("max_global_applications", "max_user_applications", "max_discount")


def basket(pk: int) -> Any:
    return Basket.objects.select_for_update(of=("self",)).get(pk=pk)


def businesses(pks: Iterable[int]) -> None:
    """Shared: orders do not wait for each other, a suspension waits for orders under way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM teams_business WHERE id = ANY(%s) ORDER BY id FOR SHARE", [sorted(set(pks))]
        )


def vouchers(**which: Any) -> list[Any]:
    """With their uses counted under the lock, nobody uses one a second time."""
    rows = Voucher.objects.select_for_update(of=("self",)).filter(**which)
    return list(rows.order_by("pk"))


def limited_offers(**which: Any) -> list[int]:
    """Offers of which there is not enough for everybody."""
    limited = Q(*((f"{name}__isnull", False) for name in LIMITS), _connector=Q.OR)
    rows = ConditionalOffer.objects.select_for_update(of=("self",)).filter(limited, **which)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def order(pk: int) -> Any:
    return Order.objects.select_for_update(of=("self",)).get(pk=pk)


def parcels(order_pk: int) -> list[Any]:
    rows = SellerOrder.objects.select_for_update(of=("self",)).filter(order_id=order_pk)
    return list(rows.select_related("business").order_by("pk"))


def parcel(pk: int, *, with_stock: bool = False) -> Any:
    """This parcel with its order, as they are now and stay until the end of the transaction."""
    if with_stock:
        stock.locked(dict.fromkeys(_price_tags(pk), 0))
    order_id = SellerOrder.objects.values_list("order_id", flat=True).get(pk=pk)
    its_order = order(order_id)
    found = next(row for row in parcels(order_id) if row.pk == pk)
    found.order = its_order
    return found


def _price_tags(parcel_pk: int) -> list[int]:
    rows = Line.objects.filter(parcel_id=parcel_pk, stockrecord__isnull=False)
    return sorted(set(rows.values_list("stockrecord_id", flat=True)))
