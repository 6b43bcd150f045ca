"""What nobody has to press: late parcels are told of, old ones count as delivered, settled ones close.

Each parcel has a transaction of its own, so a run that is killed has done some of them and the next does
the rest. What keeps a parcel open is registered by who knows of it:

    @sweeping.keeps_open
    def returns(parcels): return parcels.exclude(...)      # leave out those that must not close yet
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from oscar.core.loading import get_model

from commerce import events
from commerce.models import LateParcel
from commerce.models.late import Lateness
from commerce.states import BEFORE_SHIPPING, ParcelStatus, Word
from core import journal
from core.days import midnight
from core.states import MoveRefused

from . import parcels as verbs

SellerOrder = get_model("order", "SellerOrder")
Narrow = Callable[[QuerySet[Any]], QuerySet[Any]]
_narrow: list[Narrow] = []
BATCH = 200


def keeps_open(narrow: Narrow) -> Narrow:
    _narrow.append(narrow)
    return narrow


def deliver_due(*, now: datetime) -> int:
    """Nobody said that it arrived: after some days it counts as delivered, and says so."""
    since = now - timedelta(days=settings.STORE_DELIVERED_AFTER_DAYS)
    due = SellerOrder.objects.filter(status=ParcelStatus.SHIPPED, shipped_at__lte=since)
    return sum(_deliver(parcel, now) for parcel in _batch(due, "shipped_at"))


def close_due(*, now: datetime) -> int:
    """Past the 14 days of withdrawal and some days for what is on its way back."""
    return sum(_close(parcel, now) for parcel in _batch(closing(now), "delivered_at"))


def closing(now: datetime) -> QuerySet[Any]:
    """Both periods are whole local days after the day of delivery."""
    days = settings.STORE_WITHDRAWAL_DAYS + settings.STORE_CLOSING_GRACE_DAYS
    before = midnight(timezone.localdate(now) - timedelta(days=days))
    due = SellerOrder.objects.filter(status=ParcelStatus.DELIVERED, delivered_at__lt=before)
    for narrow in _narrow:
        due = narrow(due)
    return due


def watch_late(*, now: datetime) -> int:
    """Tell once of each parcel that should have left, or arrived, by now."""
    leaving = Q(status__in=BEFORE_SHIPPING, ship_by__lte=now)
    arriving = Q(status=ParcelStatus.SHIPPED, promised_on__lt=timezone.localdate(now))
    told = 0
    for kind, late in ((Lateness.LEAVE, leaving), (Lateness.ARRIVE, arriving)):
        rows = SellerOrder.objects.filter(late).exclude(latenesses__kind=kind)
        told += sum(_call_late(parcel, kind, late, now) for parcel in _batch(rows, "pk"))
    return told


def _batch(rows: QuerySet[Any], order: str) -> Iterator[Any]:
    yield from list(rows.order_by(order, "pk")[:BATCH])


def _deliver(parcel: Any, now: datetime) -> bool:
    try:
        verbs.deliver(parcel=parcel, word=Word.TIMER, by=None, now=now)
    except MoveRefused:  # somebody was quicker
        return False
    return True


@transaction.atomic
def _close(parcel: Any, now: datetime) -> bool:
    """Asked anew under the lock: a return may have been opened since."""
    SellerOrder.objects.select_for_update().get(pk=parcel.pk)
    if not closing(now).filter(pk=parcel.pk).exists():
        return False
    verbs.close(parcel=parcel, now=now)
    return True


@transaction.atomic
def _call_late(parcel: Any, kind: Lateness, late: Q, now: datetime) -> bool:
    SellerOrder.objects.select_for_update().get(pk=parcel.pk)
    row = SellerOrder.objects.filter(late, pk=parcel.pk).first()
    if row is None:
        return False
    due = row.ship_by if kind == Lateness.LEAVE else midnight(row.promised_on + timedelta(days=1))
    found = {"due_at": due, "told_at": now}
    _late, is_new = LateParcel.objects.get_or_create(parcel=parcel, kind=kind, defaults=found)
    if is_new:
        journal.write(events.PARCEL_LATE, subject=parcel, data={"kind": str(kind)})
    return is_new
