"""What a buyer can do with a parcel, for the page that shows it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from commerce import after_links, return_codes, return_rules
from commerce.states import BEFORE_SHIPPING

register = template.Library()


@register.simple_tag
def after_of(parcel: Any) -> dict[str, Any]:
    """Read what was prefetched (`after_parcels` of `commerce.orders`), else two small questions."""
    now = timezone.now()
    may_return = return_rules.is_open(parcel, now)
    return {
        "may_cancel": parcel.status in BEFORE_SHIPPING,
        "may_return": may_return,
        "until": return_rules.until(parcel),
        "code": return_codes.of(parcel),
        "cancel_url": after_links.cancel(parcel),
        "return_url": after_links.send_back(parcel) if may_return else "",
        "cancellations": list(parcel.cancellations.all()),
        "returns": [{"row": row, "url": _url(row, parcel)} for row in parcel.returns.all()],
    }


def _url(row: Any, parcel: Any) -> str:
    row.parcel = parcel
    return after_links.returned(row)
