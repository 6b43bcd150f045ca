"""What follows when an order is placed, paid or released."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from oscar.apps.order.signals import order_placed
from oscar.core.loading import get_model

from core import journal, money
from core.models import Line
from notifications import kinds, services
from teams.receivers import holders

from . import events, letters, notices, order_links, orders, permissions
from .order.parcels import SellerOrder

Order = get_model("order", "Order")


def _order(line: Line) -> Any:
    order = line.subject
    return orders.details(Order.objects.filter(pk=order.pk)).first() if isinstance(order, Order) else None


@journal.on(events.ORDER_PLACED)
def send_what_was_confirmed(line: Line) -> None:
    if order := _order(line):
        letters.placed(order)


@journal.on(events.ORDER_PLACED)
def count_for_oscar(line: Line) -> None:
    """Its own figures of what people buy."""
    if order := _order(line):
        order_placed.send(sender=Order, order=order, user=order.user)


@journal.on(events.ORDER_RELEASED)
def tell_released(line: Line) -> None:
    """Whoever called it off herself knows."""
    order = _order(line)
    if order is None or line.data.get("reason") != "unpaid":
        return
    letters.released(order)
    if order.user:
        facts = {"key": order.number, "data": {"number": order.number}, "url": order_links.path(order)}
        services.notify(notices.RELEASED, to=order.user, now=timezone.now(), **facts)


@journal.on(events.PARCEL_PAID)
def tell_seller(line: Line) -> None:
    parcel = line.subject
    if isinstance(parcel, SellerOrder):
        business = parcel.business
        services.notify(
            notices.NEW_ORDER,
            to=holders(business, permissions.ORDERS),
            key=str(parcel.public_id),
            data=_facts(parcel),
            url=business.panel_url,
            now=timezone.now(),
        )


def _facts(parcel: SellerOrder) -> dict[str, Any]:
    titles = [f"{one.quantity} × {one.title}" for one in parcel.lines.order_by("pk")]
    leaves = timezone.localtime(parcel.ship_by or parcel.placed_at)
    return {
        "business": parcel.business.name,
        "number": parcel.number,
        "amount": kinds.words(lazy(money.display, str)(parcel.total)),
        "what": ", ".join(titles)[:200],
        "day": kinds.words(lazy(date_format, str)(leaves, "j F H:i")),
    }
