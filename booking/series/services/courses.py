"""An offering becomes a course, and single times again. What is booked stays as it was booked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction

from core import journal

from ...models import Offering
from .. import events
from ..errors import WrongCourse
from ..models import Course


@transaction.atomic
def save_course(*, offering: Offering, sessions: int, every_weeks: int, price: Decimal, by: Any) -> Course:
    """Raises WrongCourse."""
    row = Offering.objects.select_for_update().get(pk=offering.pk)
    is_fair = price <= row.price * sessions and (price == 0 or price >= sessions)
    if not row.traits.in_courses or not is_fair:
        raise WrongCourse
    facts = {"sessions": sessions, "every_weeks": every_weeks, "price": price}
    course, _is_new = Course.objects.update_or_create(offering=row, defaults=facts)
    journal.write(events.SAVED, actor=by, subject=row, data=_about(row) | {"sessions": sessions})
    return course


@transaction.atomic
def end_course(*, offering: Offering, by: Any) -> None:
    row = Offering.objects.select_for_update().get(pk=offering.pk)
    if Course.objects.filter(offering=row).delete()[0]:
        journal.write(events.ENDED, actor=by, subject=row, data=_about(row))


def _about(row: Offering) -> dict[str, Any]:
    return {"business": row.business_id, "name": row.name}
