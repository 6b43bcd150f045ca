"""What requirements add to the pages and steps of the kinds that stand in `kinds.COMPULSORY`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .. import parts
from ..models import Booking, Offering
from . import checklist, kinds, services
from .models import Care, Diet


def _before_booking(offering: Offering, *, now: datetime) -> dict[str, Any] | None:
    law, own = checklist.asked(offering.kind, offering.business_id, now)
    return {"law": law, "own": own}


def _while_open(booking: Booking, *, now: datetime) -> dict[str, Any] | None:
    return of_booking(booking) if booking.status in services.OPEN else None


def of_booking(booking: Booking) -> dict[str, Any]:
    """The checklist by animal, with the care that was entered."""
    lines, diets = checklist.of(booking), Diet.objects.filter(item__booking=booking)
    by_item = {row.item_id: row for row in diets}
    items = {line.item.pk: line.item for line in lines if line.item}
    animals = [
        (item, [one for one in lines if one.item and one.item.pk == pk], by_item.get(pk))
        for pk, item in items.items()
    ]
    return {
        "booking": booking,
        "animals": animals,
        "of_booking": [line for line in lines if line.item is None],
        "care": Care.objects.filter(booking=booking).first(),
        "missing": sum(line.stops for line in lines),
    }


for _kind in kinds.KINDS:
    parts.shown(_kind, parts.OFFERING, "booking/requirements/_offering.html")(_before_booking)
    parts.shown(_kind, parts.OWNER, "booking/requirements/_owner.html")(_while_open)
    parts.shown(_kind, parts.DESK, "booking/requirements/_desk.html")(_while_open)
    parts.before(_kind, parts.ARRIVE)(services.check)
    parts.before(_kind, parts.COMPLETE)(services.check_unless_arrived)
