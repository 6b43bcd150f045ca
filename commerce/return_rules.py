"""What of a parcel may come back now, how long, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from commerce import money_back, return_days
from commerce.models import ReturnLine, ReturnRequest
from commerce.return_states import FREE_AGAIN, UNDER_WAY, Ground, ReturnStatus
from commerce.states import ParcelStatus, Withdrawal

WITH_BUYER = frozenset({ParcelStatus.SHIPPED, ParcelStatus.DELIVERED, ParcelStatus.CLOSED})
OPEN = Q(status__in=UNDER_WAY) | Q(status=ReturnStatus.REFUSED, disputed_at__isnull=False, decision="")
IF_SEALED = frozenset({Withdrawal.HYGIENE, Withdrawal.MEDIA})  # may come back as long as they are sealed


@dataclass(frozen=True)
class Option:
    """One line of a parcel, as somebody who wants to send it back sees it."""

    line: Any
    pieces: int  # that may still be announced
    announced: int  # under way already
    why_not: str  # for withdrawing; empty where nothing speaks against it
    must_be_sealed: bool

    @property
    def may_withdraw(self) -> bool:
        return bool(self.pieces) and not self.why_not

    def may(self, ground: str) -> bool:
        """What arrived damaged or wrong may come back whatever it is."""
        return bool(self.pieces) and (ground != Ground.WITHDRAWAL or not self.why_not)


def options(parcel: Any) -> list[Option]:
    return [_option(line) for line in with_announced(parcel.lines.order_by("pk"))]


def with_announced(lines: QuerySet) -> QuerySet:
    counted = ReturnLine.objects.exclude(request__status__in=FREE_AGAIN).select_related("request")
    return lines.prefetch_related(Prefetch("return_lines", counted, to_attr="announced_lines"))


def is_open(parcel: Any, now: datetime) -> bool:
    """Is the time of withdrawal still running?"""
    if parcel.status not in WITH_BUYER:
        return False
    return return_days.may_withdraw(
        on=timezone.localdate(now), delivered_on=delivered_on(parcel), is_informed=is_informed(parcel)
    )


def until(parcel: Any) -> date | None:
    """The last day; nobody knows it before the parcel arrived."""
    arrived = delivered_on(parcel)
    return return_days.withdrawal_until(arrived, is_informed=is_informed(parcel)) if arrived else None


def delivered_on(parcel: Any) -> date | None:
    return timezone.localdate(parcel.delivered_at) if parcel.delivered_at else None


def is_informed(parcel: Any) -> bool:
    """Was she told of the right before she paid? The contract that goes with a parcel holds the form."""
    return bool(getattr(parcel, "contract_id", True))


def has_open(parcel: Any) -> bool:
    """Something of it is on its way back, or in dispute: it is not earned yet."""
    return parcel.returns.filter(OPEN).exists()


def without_open(parcels: QuerySet) -> QuerySet:
    """Those of which nothing is on its way back: they may be closed when their time is over."""
    return parcels.exclude(Exists(ReturnRequest.objects.filter(OPEN, parcel=OuterRef("pk"))))


def _option(line: Any) -> Option:
    announced = sum(row.pieces for row in line.announced_lines if row.request.status in UNDER_WAY)
    held = announced + sum(
        row.pieces for row in line.announced_lines if row.request.status == ReturnStatus.REFUSED
    )
    pieces = max(0, money_back.left(line) - held)
    must_be_sealed = line.withdrawal in IF_SEALED
    is_barred = line.withdrawal != Withdrawal.ALLOWED and not must_be_sealed
    why_not = str(line.get_withdrawal_display()) if is_barred else ""
    if not pieces:
        why_not = _("None of it is left to send back.")
    return Option(line, pieces, announced, why_not, must_be_sealed)
