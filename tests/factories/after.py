"""Parcels in the states in which something can follow a sale."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from commerce import events
from commerce.models import ReturnRequest
from commerce.services import returning
from commerce.states import PARCELS, ParcelStatus

from . import commerce, sales


def bought(buyer, *wanted, now=None, **fields):
    """Paid by wallet; one parcel for each seller."""
    return commerce.paid(commerce.placed(buyer, *wanted, now=now, **fields), now=now)


def shipped(parcel, now=None):
    now = now or timezone.now()
    PARCELS.move(parcel, ParcelStatus.ACCEPTED, event=events.PARCEL_ACCEPTED, accepted_at=now)
    PARCELS.move(parcel, ParcelStatus.PREPARING, event=events.PARCEL_PREPARED, prepared_at=now)
    facts = {"shipped_at": now, "carrier": "yurtici", "tracking": "903118472610"}
    PARCELS.move(parcel, ParcelStatus.SHIPPED, event=events.PARCEL_SHIPPED, **facts)
    take = {}
    for line in parcel.lines.all():
        take[line.stockrecord_id] = line.quantity - line.cancelled
    from commerce import stock

    stock.take(take)
    return parcel


def delivered(parcel, now=None):
    shipped(parcel, now)
    PARCELS.move(
        parcel, ParcelStatus.DELIVERED, event=events.PARCEL_DELIVERED, delivered_at=now or timezone.now()
    )
    return parcel


def announced(parcel, pieces=None, now=None, ground="withdrawal", **fields) -> ReturnRequest:
    chosen = pieces or {line.pk: line.quantity - line.cancelled for line in parcel.lines.all()}
    facts = {"by": parcel.order.user, "now": now or timezone.now(), "key": uuid.uuid4().hex} | fields
    return returning.announce(parcel=parcel, pieces=chosen, ground=ground, **facts)


def arrived(row, now=None):
    returning.arrive(row=row, by=None, now=now or timezone.now())
    return row


def refused(row, by, now=None):
    arrived(row, now)
    facts = {"reason": "damaged", "words": "Kutusu açılmış, yarısı boş.", "photos": [picture()]}
    returning.refuse(row=row, by=by, now=now or timezone.now(), **facts)
    return row


def picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "#a05a8c").save(file, "JPEG")
    return ContentFile(file.getvalue(), name="kutu.jpg")


def later(**passed):
    return timezone.now() + timedelta(**passed)


__all__ = ["announced", "arrived", "bought", "delivered", "later", "picture", "refused", "sales", "shipped"]
