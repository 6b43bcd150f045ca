"""Mails about an order, to members and guests alike."""

from __future__ import annotations

from typing import Any

from core import mail

from . import contract_files, order_links, orders
from .models import PdfState

PLACED, RELEASED = "commerce/placed", "commerce/released"


def placed(order: Any) -> None:
    """With what was confirmed, as the law wants it sent at once. Raises OSError while there is no room."""
    parcels = list(order.parcels.all())
    for parcel in parcels:
        if parcel.contract.pdf_state == PdfState.WAITING:
            contract_files.make(parcel.contract)
    files = [(parcel.contract.file.name, contract_files.file_name(parcel.contract)) for parcel in parcels]
    _send(PLACED, order, files=files, parcels=parcels, payment=orders.payment_of(order))


def released(order: Any) -> None:
    _send(RELEASED, order)


def _send(template: str, order: Any, files: Any = (), **facts: Any) -> None:
    if not order.email:
        return
    first = order.user.first_name if order.user else order.buyer_name
    context = {"order": order, "name": first, "url": order_links.url(order), **facts}
    locale = (order.user.locale if order.user else "") or order.locale
    mail.send(template, to=order.email, context=context, locale=locale, files=files)
