"""What goes back for pieces of a parcel: counted here for the page that asks and for the verb that does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Sum

from commerce import shares
from commerce.after_errors import NothingChosen, TooMany
from commerce.models import Cancellation, ReturnRequest
from payments.models import PaymentItem


@dataclass(frozen=True)
class Share:
    line: Any
    pieces: int
    amount: Decimal


@dataclass(frozen=True)
class Plan:
    shares: list[Share]
    delivery: Decimal  # the first delivery, when nothing of the parcel is left with the buyer
    is_whole: bool

    @property
    def amount(self) -> Decimal:
        return sum((share.amount for share in self.shares), self.delivery)


def left(line: Any) -> int:
    """Pieces that neither were called off nor came back."""
    return line.quantity - line.cancelled - line.returned


def plan(parcel: Any, lines: Iterable[Any], pieces: Mapping[int, int]) -> Plan:
    """`pieces` by number of the line. Raises NothingChosen, TooMany."""
    lines = list(lines)
    wanted = {pk: number for pk, number in pieces.items() if number}
    if not wanted:
        raise NothingChosen
    known = {line.pk for line in lines}
    if not wanted.keys() <= known or any(not 0 <= wanted.get(one.pk, 0) <= left(one) for one in lines):
        raise TooMany
    taken = [_share(line, wanted[line.pk]) for line in lines if line.pk in wanted]
    is_whole = all(left(line) == wanted.get(line.pk, 0) for line in lines)
    return Plan(taken, _delivery_left(parcel) if is_whole else Decimal(0), is_whole)


def _share(line: Any, pieces: int) -> Share:
    gone = line.cancelled + line.returned
    amount = shares.of_pieces(line.line_price_incl_tax, line.quantity, before=gone, pieces=pieces)
    return Share(line, pieces, amount)


def _delivery_left(parcel: Any) -> Decimal:
    if not parcel.delivery:
        return Decimal(0)
    given = [
        model.objects.filter(parcel_id=parcel.pk).aggregate(total=Sum("delivery"))["total"] or 0
        for model in (Cancellation, ReturnRequest)
    ]
    return parcel.delivery - sum(given)


def item_of(parcel: Any) -> PaymentItem | None:
    """What was paid for this parcel, once settled."""
    kind = ContentType.objects.get_for_model(type(parcel))
    rows = PaymentItem.objects.filter(payable_type=kind, payable_id=parcel.pk, settled_at__isnull=False)
    return rows.select_related("payment").first()


def possible(item: PaymentItem | None, amount: Decimal) -> Decimal:
    """Not more than is left of the payment: something may have gone back as goodwill before."""
    return min(amount, item.amount - item.refunded) if item else Decimal(0)
