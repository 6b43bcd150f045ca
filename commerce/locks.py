"""The order of locks after a sale: stock (by number), order, all parcels of it (by number), then money.

A refund locks everything its payment is for; taking all parcels at once, in the same sequence, keeps two
cancellations of one order from waiting for each other.
"""

from __future__ import annotations

from typing import Any

from oscar.core.loading import get_model

from commerce import stock

Order = get_model("order", "Order")
Line = get_model("order", "Line")
SellerOrder = get_model("order", "SellerOrder")


def parcel(pk: int, *, with_stock: bool = False) -> Any:
    """This parcel with its order, as they are now and stay until the end of the transaction."""
    if with_stock:
        stock.locked(dict.fromkeys(_price_tags(pk), 0))
    order_id = SellerOrder.objects.values_list("order_id", flat=True).get(pk=pk)
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    rows = SellerOrder.objects.select_for_update(of=("self",)).filter(order_id=order_id).order_by("pk")
    found = next(row for row in rows if row.pk == pk)
    found.order = order
    return found


def _price_tags(parcel_pk: int) -> list[int]:
    rows = Line.objects.filter(parcel_id=parcel_pk, stockrecord__isnull=False)
    return sorted(set(rows.values_list("stockrecord_id", flat=True)))
