"""Orders that nobody paid: their stock is free again, vouchers can be used again, money that still comes
goes back by itself.

An order is kept past its time as long as a payment for it may still bring money: a page of a bank that is
open, a transfer on its way, an attempt of which nobody knows the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from oscar.core.loading import get_model

from core import journal
from core.states import MoveRefused
from payments import queries as payment_queries
from payments import services as payments
from payments.states import PaymentStatus

from .. import events, locks, rules, stock
from ..states import PARCELS, OrderStatus, ParcelStatus
from .writing import count

ConditionalOffer = get_model("offer", "ConditionalOffer")
Line = get_model("order", "Line")
Order = get_model("order", "Order")
OrderDiscount = get_model("order", "OrderDiscount")
Voucher = get_model("voucher", "Voucher")
VoucherApplication = get_model("voucher", "VoucherApplication")

UNPAID, UNWANTED = "unpaid", "unwanted"


def release_due(*, now: datetime, limit: int = 200) -> int:
    """What a timer does, as often as it likes. Returns how many orders were released."""
    due = Order.objects.filter(status=OrderStatus.PENDING, pay_until__lte=now).order_by("pay_until")
    return sum(
        _release(pk, by=None, reason=UNPAID, now=now) for pk in due.values_list("pk", flat=True)[:limit]
    )


def cancel_unpaid(*, order: Any, by: Any, now: datetime) -> None:
    """Its buyer does not want it any more. A transfer that still comes goes back by itself.

    Raises UnderWay while a bank has not said what became of a payment, MoveRefused (paid or cancelled).
    """
    if not _release(order.pk, by=by, reason=UNWANTED, now=now):
        raise MoveRefused
    order.refresh_from_db()


@transaction.atomic
def _release(pk: int, *, by: Any, reason: str, now: datetime) -> bool:
    vouchers, kept = _lock(pk)
    order = locks.order(pk)
    is_due = reason != UNPAID or (order.pay_until and order.pay_until <= now)
    if order.status != OrderStatus.PENDING or not is_due:
        return False
    parcels = locks.parcels(pk)
    if not _end_payments(order, parcels, by, reason, now):
        return False
    for parcel in parcels:
        if parcel.status == ParcelStatus.UNPAID:
            facts = {"cancelled_at": now, "cancel_reason": reason}
            PARCELS.move(parcel, ParcelStatus.CANCELLED, event=events.PARCEL_RELEASED, actor=by, **facts)
    Order.objects.filter(pk=pk).update(status=OrderStatus.CANCELLED, pay_until=None)
    stock.free(kept)
    order.lines.update(num_allocated=0, allocation_cancelled=True)
    _give_back_uses(order, vouchers)
    journal.write(events.ORDER_RELEASED, actor=by, subject=order, data={"reason": reason})
    return True


def _lock(pk: int) -> tuple[list[Any], Mapping[int, int]]:
    """As `place` does: vouchers, limited offers, stock."""
    used = list(VoucherApplication.objects.filter(order=pk).values_list("voucher_id", flat=True))
    vouchers = locks.vouchers(pk__in=used) if used else []
    offers = OrderDiscount.objects.filter(order=pk).values_list("offer_id", flat=True)
    locks.limited_offers(pk__in=list(offers))
    kept: dict[int, int] = defaultdict(int)
    lines = (
        Order.objects.get(pk=pk).lines.exclude(stockrecord=None).filter(parcel__status=ParcelStatus.UNPAID)
    )
    for tag, pieces in lines.values_list("stockrecord_id", "num_allocated"):
        kept[tag] += pieces
    stock.locked(kept)
    return vouchers, kept


def _end_payments(order: Any, parcels: list[Any], by: Any, reason: str, now: datetime) -> bool:
    """False: money may still come; the order is looked at again when that way is over."""
    for payment in payment_queries.unpaid_of(parcels):
        if reason == UNWANTED and payment.status == PaymentStatus.OPEN:
            payments.cancel_payment(payment=payment, by=by, now=now)
        until = payments.give_up(payment=payment, now=now) if reason == UNPAID else None
        if until:
            later = max(until, now + rules.ASK_AGAIN_AFTER)
            Order.objects.filter(pk=order.pk).update(pay_until=later)
            return False
    return True


def _give_back_uses(order: Any, vouchers: list[Any]) -> None:
    """Offers and vouchers as if it had never been placed. Of a line it stays written what it was given."""
    rows = list(order.discounts.order_by("offer_id"))
    for one in rows:
        back = {"num_orders": -1, "num_applications": -(one.frequency or 0)}
        count(ConditionalOffer, one.offer_id, amount=-one.amount, **back)
    for voucher in vouchers:
        amount = sum(one.amount for one in rows if one.voucher_id == voucher.pk)
        count(Voucher, voucher.pk, amount=-amount, num_orders=-1)
    order.discounts.update(frequency=0)  # Oscar counts a person's uses by these
    VoucherApplication.objects.filter(order=order).delete()
