"""A buyer calls off pieces of a parcel, or all of it, before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from oscar.core.loading import get_model

from commerce import events, locks, money_back, stock
from commerce.after_errors import AlreadySent, AmountChanged
from commerce.models import Cancellation
from commerce.money_back import Plan
from commerce.states import BEFORE_SHIPPING, PARCELS, OrderStatus, ParcelStatus
from core import journal
from payments import services as payments
from payments.models import Reason

Line = get_model("order", "Line")
BY_BUYER = "buyer"


def preview(*, parcel: Any, pieces: Mapping[int, int] | None = None) -> Plan:
    """What would go back. Raises AlreadySent, NothingChosen, TooMany."""
    if parcel.status not in BEFORE_SHIPPING:
        raise AlreadySent
    lines = list(parcel.lines.order_by("pk"))
    return money_back.plan(parcel, lines, _all(lines) if pieces is None else pieces)


@transaction.atomic
def cancel(
    *,
    parcel: Any,
    pieces: Mapping[int, int] | None = None,
    key: str,
    by: Any,
    now: datetime,
    expected: Decimal | None = None,
) -> Cancellation:
    """Stock is free again and the money goes back the same day, the way it came. None: all that is left.

    With the same key it is the same cancellation. Raises AlreadySent (the seller was quicker),
    AmountChanged where it is no longer what she saw, NothingChosen, TooMany.
    """
    parcel = locks.parcel(parcel.pk, with_stock=True)
    if known := Cancellation.objects.filter(key=key, parcel=parcel).first():
        return known
    plan = preview(parcel=parcel, pieces=pieces)
    if expected is not None and plan.amount != expected:
        raise AmountChanged
    _free(plan)
    made = _refunded(parcel, plan, key, by, now)
    if plan.is_whole:
        _end(parcel, by, now)
    journal.write(events.CANCELLED_BY_BUYER, actor=by, subject=made, data={"business": parcel.business_id})
    return made


def _all(lines: list[Any]) -> dict[int, int]:
    return {line.pk: money_back.left(line) for line in lines}


def _free(plan: Plan) -> None:
    kept: dict[int, int] = {}
    for share in plan.shares:
        rows = Line.objects.filter(pk=share.line.pk)
        rows.update(cancelled=F("cancelled") + share.pieces, num_allocated=F("num_allocated") - share.pieces)
        if tag := share.line.stockrecord_id:
            kept[tag] = kept.get(tag, 0) + share.pieces
    stock.free(kept)


def _refunded(parcel: Any, plan: Plan, key: str, by: Any, now: datetime) -> Cancellation:
    item = money_back.item_of(parcel)
    amount, refund = money_back.possible(item, plan.amount), None
    if item and amount:
        facts: dict[str, Any] = {"reason": Reason.CANCELLED, "by": by, "now": now, "note": parcel.number}
        refund = payments.refund_item(key=f"cancellation {key}", item=item, amount=amount, **facts)
    made = Cancellation.objects.create(
        key=key,
        parcel=parcel,
        is_whole=plan.is_whole,
        delivery=plan.delivery,
        amount=amount,
        refund=refund,
        by=by,
        at=now,
    )
    for share in plan.shares:
        made.lines.create(line=share.line, pieces=share.pieces, amount=share.amount)
    return made


def _end(parcel: Any, by: Any, now: datetime) -> None:
    """The order ends with its last parcel."""
    facts: dict[str, Any] = {"cancelled_at": now, "cancel_reason": BY_BUYER}
    data = {"business": parcel.business_id}
    PARCELS.move(parcel, ParcelStatus.CANCELLED, event=events.PARCEL_CANCELLED, actor=by, data=data, **facts)
    order = parcel.order
    if not order.parcels.exclude(status=ParcelStatus.CANCELLED).exists():
        type(order).objects.filter(pk=order.pk).update(status=OrderStatus.CANCELLED)
