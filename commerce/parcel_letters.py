"""Mails to the buyer of a parcel, member or guest: one face, words by what happened."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commerce.states import ParcelStatus
from core import mail

TEMPLATE = "commerce/parcel"
HEADINGS = {
    "accepted": _("{seller} has accepted your order"),
    "shipped": _("Your order is on its way"),
    "corrected": _("Your order has another tracking number"),
    "delivered": _("Your order was delivered"),
    "cancelled": _("{seller} cannot send your order"),
    "late": _("Your order is late"),
    "message": _("{seller} has written to you"),  # to guests; members have a notice
}


def send(what: str, parcel: Any, **facts: Any) -> None:
    """`what` is one of HEADINGS. A guest's link is the key to her order."""
    order = parcel.order
    to = order.user.email if order.user else order.guest_email
    if not to:
        return
    context = {
        "what": what,
        "parcel": parcel,
        "seller": parcel.business.name,
        "lines": list(parcel.lines.order_by("pk")),
        "name": order.user.first_name if order.user else _first_name(order),
        "url": settings.BASE_URL + parcel.url(),
        "is_out": parcel.status == ParcelStatus.SHIPPED,
        "heading": format_lazy(HEADINGS[what], seller=parcel.business.name),
        **facts,
    }
    mail.send(TEMPLATE, to=to, context=context, locale=getattr(order.user, "locale", "") or order.locale)


def _first_name(order: Any) -> str:
    return order.shipping_address.first_name if order.shipping_address else ""
