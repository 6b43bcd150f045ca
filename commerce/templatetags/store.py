"""Small helpers of the store's templates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commerce.states import ParcelStatus, Withdrawal
from core import money
from finance.documents.masks import masked

register = template.Library()
TONES = {
    ParcelStatus.UNPAID: "status--warn",
    ParcelStatus.NEW: "status--info",
    ParcelStatus.ACCEPTED: "status--info",
    ParcelStatus.PREPARING: "status--info",
    ParcelStatus.SHIPPED: "status--own",
    ParcelStatus.DELIVERED: "status--ok",
    ParcelStatus.CLOSED: "status--ok",
}


@register.filter
def lira(amount: Decimal | None) -> str:
    """`₺1.234,50`; nothing for a price that is not known."""
    return "" if amount is None else money.display(amount)


@register.simple_tag
def written_in_turkish() -> SafeString:
    """Attribute for what sellers wrote: pages in other languages say that it is Turkish."""
    return mark_safe("" if get_language() == "tr" else ' lang="tr"')


@register.simple_tag
def cost(way: Any, goods: Decimal) -> Decimal:
    """What this way of delivery costs for goods of this value."""
    return way.cost(goods)


@register.filter
def withdrawal(line: Any) -> Any:
    """May it be sent back, and if not, why."""
    return Withdrawal(line.withdrawal).label


@register.filter
def parcel_tone(parcel: Any) -> str:
    """The colour of a state: `status--…`."""
    return TONES.get(parcel.status, "")


@register.filter
def parcel_steps(parcel: Any) -> list[tuple[Any, Any]]:
    """The time line of a parcel: each step with when it was, or nothing while it is ahead."""
    if parcel.status == ParcelStatus.CANCELLED:
        return [(_("Ordered"), parcel.placed_at), (_("Cancelled"), parcel.cancelled_at)]
    return [
        (_("Ordered"), parcel.placed_at),
        (_("Paid"), parcel.paid_at),
        (_("Accepted by the seller"), parcel.accepted_at),
        (_("Being prepared"), parcel.prepared_at),
        (_("On its way"), parcel.shipped_at),
        (_("Delivered"), parcel.delivered_at),
    ]


register.filter("masked", masked)
