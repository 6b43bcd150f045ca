"""Money of a booking, by the way it came."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType

from payments import locks as payment_locks
from payments import services as payments
from payments.models import PaymentItem, Reason

from ..models import Booking


def paid_item(booking: Booking) -> PaymentItem | None:
    kind = ContentType.objects.get_for_model(Booking)
    items = PaymentItem.objects.select_related("line", "payment")
    return items.filter(payable_type=kind, payable_id=booking.pk, settled_at__isnull=False).first()


def give_back(booking: Booking, amount: Decimal, why: str, by: Any, now: datetime) -> None:
    """Resources and booking are locked. With the same `why` it happens once."""
    item = paid_item(booking) if amount else None
    if item is None:
        return
    payment_locks.payment(item.payment_id)
    payments.refund_item(
        key=f"booking {booking.pk} {why}", item=item, amount=amount, reason=Reason.CANCELLED, by=by, now=now
    )
    booking.refresh_from_db(fields=["refunded"])
