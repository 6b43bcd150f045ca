"""From an order that is kept to the page on which it is paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from core import limits
from payments import access, queries, services
from payments.orders import buyer_of
from payments.riders import Rider
from payments.states import PaymentStatus


def begin(request: HttpRequest, order: Any, riding: Sequence[Rider] = ()) -> Any:
    """The payment of all its parcels, the same however often one asks; `riding` is paid with them.

    Raises Refused.
    """
    parcels, now = _parcels(order), timezone.now()
    payment = open_payment(parcels, now) or _start(order, parcels, riding, now)
    if not order.user_id:
        access.let_in(request, payment)
    return payment


def open_payment(parcels: Sequence[Any], now: datetime) -> Any:
    """One that was begun with riders ends with the first of them; then the order is paid alone."""
    rows = queries.payments_for(parcels).filter(status=PaymentStatus.OPEN, expires_at__gt=now)
    return rows.first()


def _start(order: Any, parcels: Sequence[Any], riding: Sequence[Rider], now: datetime) -> Any:
    return services.start_payment(
        key=" + ".join([f"order {order.number}", *(one.code for one in riding)]),
        payables=[*parcels, *(one.thing for one in riding)],
        payer=order.user,
        email="" if order.user else order.guest_email,
        name="" if order.user else order.buyer_name,
        locale=order.locale,
        now=now,
    )


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
