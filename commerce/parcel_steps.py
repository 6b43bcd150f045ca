"""The way of a parcel with its moments, for both sides."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def steps(parcel: Any) -> list[dict[str, Any]]:
    """The way of a parcel with its moments; the current one is the last that is done."""
    moments = [
        (_("Paid"), parcel.paid_at),
        (_("Approval"), parcel.accepted_at),
        (_("Preparation"), parcel.prepared_at),
        (_("Hand-over to the carrier"), parcel.shipped_at),
        (_("Arrival"), parcel.delivered_at),
    ]
    last = max((place for place, (_label, at) in enumerate(moments) if at), default=0)
    return [
        {"label": label, "at": at, "is_done": bool(at), "is_current": place == last}
        for place, (label, at) in enumerate(moments)
    ]
