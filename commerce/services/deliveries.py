"""A seller says how it delivers."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import journal
from teams import locks as team_locks

from .. import events
from ..models import DeliveryOption


@transaction.atomic
def save_delivery(
    *, business: Any, facts: dict[str, Any], by: Any, option: DeliveryOption | None = None
) -> DeliveryOption:
    """A new way of delivery, or another price of a known one. Orders that were placed keep theirs."""
    team_locks.team(business.pk)
    row = option or DeliveryOption(business=business, position=business.delivery_options.count())
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    told = {"option": row.pk, "name": row.name, "price": str(row.price)}
    journal.write(events.DELIVERY_CHANGED, actor=by, subject=business, data=told)
    return row


@transaction.atomic
def remove_delivery(*, option: DeliveryOption, by: Any) -> None:
    team_locks.team(option.business_id)
    told = {"option": option.pk, "name": option.name, "removed": True}
    journal.write(events.DELIVERY_CHANGED, actor=by, subject=option.business, data=told)
    option.delete()
