"""Reads of a seller's parcels. All begin at the business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, F, Prefetch, Q, QuerySet, Sum, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from commerce.states import BEFORE_SHIPPING, ParcelStatus
from payments.models import PaymentItem

Line = get_model("order", "Line")
SellerOrder = get_model("order", "SellerOrder")
_P = ParcelStatus
MOST_SLIPS = 100


@dataclass(frozen=True)
class Tab:
    code: str
    label: Promise
    statuses: tuple[str, ...]
    order: tuple[str, ...] = ("-placed_at", "-pk")


TABS = [
    Tab("hazirlanacak", _("To prepare"), (_P.NEW, _P.ACCEPTED, _P.PREPARING), ("ship_by", "pk")),
    Tab("kargoda", _("On their way"), (_P.SHIPPED,), ("-shipped_at", "-pk")),
    Tab("teslim", _("Delivered"), (_P.DELIVERED, _P.CLOSED), ("-delivered_at", "-pk")),
    Tab("iade", _("Returns"), (_P.RETURNED,)),
    Tab("iptal", _("Cancelled"), (_P.CANCELLED,), ("-cancelled_at", "-pk")),
]
BY_CODE = {tab.code: tab for tab in TABS}


def late(now: datetime) -> Q:
    """Should have left, or have arrived. The same as `SellerOrder.is_late`."""
    leaving = Q(status__in=BEFORE_SHIPPING, ship_by__lte=now)
    return leaving | Q(status=_P.SHIPPED, promised_on__lt=timezone.localdate(now))


def parcels_of(business: Any) -> QuerySet[Any]:
    """What was paid for once: an order that nobody paid is none of a seller's business."""
    rows = SellerOrder.objects.filter(business=business, paid_at__isnull=False)
    return rows.select_related("order__shipping_address", "order__user", "business")


def listed(business: Any) -> QuerySet[Any]:
    lines = Line.objects.order_by("pk").select_related("product")
    parcels = SellerOrder.objects.order_by("position").select_related("business")
    rows = parcels_of(business).prefetch_related(
        Prefetch("lines", lines), Prefetch("order__parcels", parcels, to_attr="neighbours")
    )
    return rows.select_related("talk")


def found(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """By number of order or parcel, by name, by tracking number."""
    name = Concat("order__shipping_address__first_name", Value(" "), "order__shipping_address__last_name")
    number = Concat("order__number", Value("-"), F("position"), output_field=CharField())
    rows = rows.alias(buyer=name, parcel_number=number)
    by_tracking = Q(tracking__iexact="".join(words.split()))
    return rows.filter(Q(parcel_number__istartswith=words) | Q(buyer__icontains=words) | by_tracking)


def counts(business: Any, now: datetime) -> dict[str, int]:
    """By tab, with how many are late."""
    wanted = {tab.code: Count("pk", filter=Q(status__in=tab.statuses)) for tab in TABS}
    return parcels_of(business).order_by().aggregate(**wanted, late=Count("pk", filter=late(now)))


def remains(parcels: list[Any]) -> dict[int, Decimal]:
    """What is left for the seller of each, after commission and refunds, as it was frozen."""
    kind = ContentType.objects.get_for_model(SellerOrder)
    items = PaymentItem.objects.filter(payable_type=kind, payable_id__in=[parcel.pk for parcel in parcels])
    rows = items.filter(settled_at__isnull=False, line__isnull=False).annotate(
        net=F("line__net"), back=Sum("line__refunds__net", default=Decimal(0))
    )
    return {row.payable_id: row.net + row.back for row in rows}


def slips(business: Any, public_ids: list[Any]) -> list[Any]:
    """What goes into a box: not what was cancelled. The first to leave lies on top."""
    rows = listed(business).exclude(status=_P.CANCELLED)
    chosen = {"public_id__in": public_ids} if public_ids else {"status__in": BEFORE_SHIPPING}
    return list(rows.filter(**chosen).order_by("ship_by", "pk")[:MOST_SLIPS])
