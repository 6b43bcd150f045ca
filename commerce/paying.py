"""From an order that is kept to the page on which it is paid."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from core import limits
from payments import access, services
from payments.orders import buyer_of


def begin(request: HttpRequest, order: Any) -> Any:
    """The payment of all its parcels, the same however often one asks. Raises Refused."""
    payment = services.start_payment(
        key=f"order {order.number}",
        payables=_parcels(order),
        payer=order.user,
        email="" if order.user else order.guest_email,
        name="" if order.user else order.buyer_name,
        locale=order.locale,
        now=timezone.now(),
    )
    if not order.user_id:
        access.let_in(request, payment)
    return payment


def _parcels(order: Any) -> list[Any]:
    """What has to be paid of it, with all that is written of it into the payment."""
    rows = order.parcels.select_related("business").prefetch_related("lines").order_by("pk")
    found = [parcel for parcel in rows if parcel.total]
    for parcel in found:
        parcel.order = order
    return found


def choose(request: HttpRequest, order: Any, payment: Any, way: dict[str, Any]) -> Any:
    """Go the way that was chosen in the checkout. Raises Refused; then the order stays, unpaid."""
    where = order.shipping_address
    buyer = buyer_of(
        payment,
        ip=limits.client(request),
        phone=order.phone,
        address=f"{where.line1}, {where.line4}",
        city=where.state,
    )
    return services.choose(payment=payment, buyer=buyer, by=order.user, now=timezone.now(), **way)
