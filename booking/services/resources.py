"""People, rooms, tables, kennels, vehicles: who is there, when, and when not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from core import journal
from teams.models import Business

from .. import events, locks
from ..errors import NameTaken, ResourceInUse, WrongFacts
from ..models import Absence, Claim, Resource, Shift

UNIQUE = "resources_of_a_branch_differ"


def save_resource(
    *, business: Business, resource: Resource | None, facts: Mapping[str, Any], by: Any
) -> Resource:
    """New, or as it is from now on. Raises NameTaken, WrongFacts, ResourceInUse (smaller than it is full)."""
    try:
        return _save(business, resource, facts, by)
    except IntegrityError as error:
        if UNIQUE in str(error):
            raise NameTaken from error
        raise


@transaction.atomic
def _save(business: Business, resource: Resource | None, facts: Mapping[str, Any], by: Any) -> Resource:
    row = locks.resources([resource.pk])[resource.pk] if resource else Resource(business=business)
    was = row.capacity
    for name, value in facts.items():
        setattr(row, name, value)
    is_ours = row.location.business_id == business.pk
    if not is_ours or (row.membership and row.membership.business_id != business.pk):
        raise WrongFacts
    if row.pk and row.capacity < was and _ahead(row).filter(lane__gte=row.capacity).exists():
        raise ResourceInUse
    row.save()
    journal.write(events.RESOURCE_SAVED, actor=by, subject=row, data=_about(row))
    return row


@transaction.atomic
def retire_resource(*, resource: Resource, by: Any, now: datetime) -> None:
    """Not in use any more. Raises ResourceInUse while something is booked on it."""
    row = locks.resources([resource.pk])[resource.pk]
    if _ahead(row).filter(during__endswith__gt=now).exists():
        raise ResourceInUse
    resource.is_active = False
    resource.save(update_fields=["is_active"])
    journal.write(events.RESOURCE_RETIRED, actor=by, subject=row, data=_about(row))


@transaction.atomic
def set_shifts(*, resource: Resource, week: Mapping[int, Sequence[tuple[int, int]]], by: Any) -> None:
    """Its own hours of all weekdays, replaced as a whole; none at all: those of its branch."""
    locks.resources([resource.pk])
    resource.shifts.all().delete()
    Shift.objects.bulk_create(
        Shift(resource=resource, weekday=day, starts=start, ends=end)
        for day, spans in week.items()
        for start, end in spans
    )
    journal.write(events.SHIFTS_EDITED, actor=by, subject=resource, data=_about(resource))


@transaction.atomic
def add_absence(
    *, resource: Resource, kind: str, starts_at: datetime, ends_at: datetime, by: Any, note: str = ""
) -> Absence:
    """Nothing new is booked then. What is booked already stays, and is listed for whoever looks after it."""
    locks.resources([resource.pk])
    during = DateTimeTZRange(starts_at, ends_at)
    row = Absence.objects.create(resource=resource, kind=kind, during=during, note=note)
    told = _about(resource) | {"from": starts_at.isoformat(), "to": ends_at.isoformat(), "kind": kind}
    journal.write(events.ABSENCE_ADDED, actor=by, subject=row, data=told)
    return row


@transaction.atomic
def remove_absence(*, absence: Absence, by: Any) -> None:
    journal.write(events.ABSENCE_REMOVED, actor=by, subject=absence, data=_about(absence.resource))
    absence.delete()


def _ahead(row: Resource) -> Any:
    return Claim.objects.filter(resource=row, blocking=True)


def _about(row: Resource) -> dict[str, Any]:
    return {"business": row.business_id, "name": row.name}
