"""What becomes of a parcel, from the seller's yes to the money that is hers.

Locks in the order of the house: stock, order, parcel, payment, ledger. The row decides, not the copy in
hand: who comes second is refused by `PARCELS`.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from oscar.core.loading import get_model

from commerce import carriers, events, stock
from commerce.parcel_errors import NotLate, NotOnItsWay
from commerce.states import BEFORE_SHIPPING, PARCELS, CancelReason, OrderStatus, ParcelStatus, Word
from core import journal
from core.states import MoveRefused
from finance import services as books
from payments import locks
from payments import services as payments
from payments.models import PaymentItem, Reason

Order = get_model("order", "Order")
SellerOrder = get_model("order", "SellerOrder")


def accept(*, parcel: Any, by: Any, now: datetime) -> None:
    """The seller takes it on."""
    PARCELS.move(parcel, ParcelStatus.ACCEPTED, event=events.PARCEL_ACCEPTED, actor=by, accepted_at=now)


def prepare(*, parcel: Any, by: Any, now: datetime) -> None:
    """Somebody has begun to put it together."""
    PARCELS.move(parcel, ParcelStatus.PREPARING, event=events.PARCEL_PREPARED, actor=by, prepared_at=now)


@transaction.atomic
def pick(*, parcel: Any, lines: list[int], by: Any) -> None:
    """These lines (pk) lie in the box. A tick is no fact worth a line in the journal."""
    _locked(parcel, {ParcelStatus.ACCEPTED, ParcelStatus.PREPARING})
    parcel.lines.update(is_picked=False)
    parcel.lines.filter(pk__in=lines).update(is_picked=True)


@transaction.atomic
def ship(*, parcel: Any, carrier: str, tracking: str, by: Any, now: datetime) -> None:
    """It left the shelf and the house. Raises NumberIsWrong."""
    number = carriers.check(carrier, tracking)
    _lock_stock_and_order(parcel)
    told = {"carrier": carrier, "tracking": number}
    PARCELS.move(
        parcel, ParcelStatus.SHIPPED, event=events.PARCEL_SHIPPED, actor=by, data=told, shipped_at=now, **told
    )
    stock.take(_kept(parcel))
    parcel.lines.update(num_allocated=0)


@transaction.atomic
def correct(*, parcel: Any, carrier: str, tracking: str, by: Any) -> None:
    """Another number while it is on its way. Raises NumberIsWrong, NotOnItsWay."""
    number = carriers.check(carrier, tracking)
    row = SellerOrder.objects.select_for_update().get(pk=parcel.pk)
    if row.status != ParcelStatus.SHIPPED:
        raise NotOnItsWay
    if (row.carrier, row.tracking) == (carrier, number):
        return
    told = {"carrier": carrier, "tracking": number, "before": row.tracking}
    parcel.carrier, parcel.tracking = carrier, number
    parcel.save(update_fields=["carrier", "tracking"])
    journal.write(events.PARCEL_CORRECTED, actor=by, subject=parcel, data=told)


def deliver(*, parcel: Any, word: Word, by: Any, now: datetime) -> None:
    """It arrived, by this word. The time for sending it back begins."""
    PARCELS.move(
        parcel,
        ParcelStatus.DELIVERED,
        event=events.PARCEL_DELIVERED,
        actor=by,
        data={"word": str(word)},
        delivered_at=now,
        delivered_by=word,
    )


@transaction.atomic
def close(*, parcel: Any, now: datetime) -> None:
    """Past the time of return: the seller has earned what is left of its price."""
    PARCELS.move(parcel, ParcelStatus.CLOSED, event=events.PARCEL_CLOSED, closed_at=now)
    item = paid_item(parcel)
    if item and item.line:
        books.earn(line=item.line, now=now)


@transaction.atomic
def cancel(*, parcel: Any, reason: CancelReason, by: Any, now: datetime, note: str = "") -> None:
    """It will not be sent: the stock is free, the buyer has all her money back. `note` is for her to read."""
    _lock_stock_and_order(parcel)
    _lock_neighbours(parcel)
    _locked(parcel, BEFORE_SHIPPING)
    amount = _give_back(parcel, by, now, note)
    told = {"reason": str(reason), "note": note, "amount": str(amount)}
    PARCELS.move(
        parcel,
        ParcelStatus.CANCELLED,
        event=events.PARCEL_CANCELLED,
        actor=by,
        data=told,
        cancelled_at=now,
        cancel_reason=reason,
    )
    stock.free(_kept(parcel))
    parcel.lines.update(cancelled=F("quantity") - F("returned"), num_allocated=0)
    _follow(parcel)


@transaction.atomic
def cancel_late(*, parcel: Any, by: Any, now: datetime) -> None:
    """The buyer does not wait any longer for what should have left. Raises NotLate."""
    row = SellerOrder.objects.get(pk=parcel.pk)
    if row.status in BEFORE_SHIPPING and not row.is_late(now):
        raise NotLate
    cancel(parcel=parcel, reason=CancelReason.LATE, by=by, now=now)


def paid_item(parcel: Any) -> PaymentItem | None:
    """What was paid for it; None where a voucher made it free."""
    kind = ContentType.objects.get_for_model(SellerOrder)
    items = PaymentItem.objects.select_related("line", "payment")
    return items.filter(payable_type=kind, payable_id=parcel.pk, settled_at__isnull=False).first()


def _lock_stock_and_order(parcel: Any) -> None:
    tags = parcel.lines.exclude(stockrecord=None).values_list("stockrecord_id", flat=True)
    stock.locked(dict.fromkeys(tags, 0))
    Order.objects.select_for_update().get(pk=parcel.order_id)


def _lock_neighbours(parcel: Any) -> None:
    """All parcels of the order by number, as the lock of their payment takes them."""
    rows = SellerOrder.objects.select_for_update().filter(order=parcel.order_id).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _locked(parcel: Any, statuses: frozenset[Any] | set[Any]) -> None:
    """Lock it; refuse where the database knows it in another state."""
    row = SellerOrder.objects.select_for_update().get(pk=parcel.pk)
    if row.status not in statuses:
        raise MoveRefused(f"parcel {parcel.pk} is {row.status}")


def _kept(parcel: Any) -> dict[int, int]:
    """What is put aside for it, by price tag."""
    pieces: Counter[int] = Counter()
    for line in parcel.lines.exclude(stockrecord=None):
        pieces[line.stockrecord_id] += line.kept
    return dict(pieces)


def _give_back(parcel: Any, by: Any, now: datetime, note: str) -> Decimal:
    """What is left of its price."""
    item = paid_item(parcel)
    if item is None:
        return Decimal(0)
    locks.payment(item.payment_id)  # a part may be on its way back this very moment
    item.refresh_from_db()
    left = item.amount - item.refunded
    if left:
        key, why = f"cancel {parcel.public_id}", Reason.CANCELLED
        payments.refund_item(key=key, item=item, amount=left, reason=why, by=by, now=now, note=note)
    return left


def _follow(parcel: Any) -> None:
    """An order of which nothing is left is cancelled itself. It is locked."""
    if not parcel.order.parcels.exclude(status=ParcelStatus.CANCELLED).exists():
        Order.objects.filter(pk=parcel.order_id).update(status=OrderStatus.CANCELLED)
