"""What can be booked: written, opened, closed. What was booked keeps the facts it was made with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core import journal
from teams import shown
from teams.models import Business

from .. import events, kinds, policies
from ..errors import Incomplete, WrongFacts
from ..models import Need, Offering, Resource


@dataclass(frozen=True)
class Wanted:
    """Any `count` of these."""

    resources: Sequence[Resource]
    count: int = 1


@transaction.atomic
def save_offering(
    *,
    business: Business,
    offering: Offering | None,
    facts: Mapping[str, Any],
    needs: Sequence[Wanted],
    by: Any,
) -> Offering:
    """New, or as it is from now on. Raises WrongFacts; Incomplete: open, and it would rest on nothing."""
    row = _locked(offering) if offering else Offering(business=business)
    for name, value in facts.items():
        setattr(row, name, value)
    _check(business, row, needs)
    row.save()
    row.needs.all().delete()
    for position, wanted in enumerate(needs):
        need = Need.objects.create(offering=row, position=position, count=wanted.count)
        need.resources.set(wanted.resources)
    shown.changed(business)
    journal.write(events.OFFERING_SAVED, actor=by, subject=row, data=_about(row))
    return row


@transaction.atomic
def open_offering(*, offering: Offering, by: Any) -> None:
    """Anybody may book it from now on. Raises Incomplete."""
    row = _locked(offering)
    if not Resource.objects.filter(needs__offering=row, is_active=True).exists():
        raise Incomplete
    _set_open(offering, True)
    journal.write(events.OFFERING_OPENED, actor=by, subject=row, data=_about(row))


@transaction.atomic
def close_offering(*, offering: Offering, by: Any) -> None:
    """No new bookings; those that are there stay."""
    row = _locked(offering)
    _set_open(offering, False)
    journal.write(events.OFFERING_CLOSED, actor=by, subject=row, data=_about(row))


def _set_open(offering: Offering, is_open: bool) -> None:
    offering.is_open = is_open
    offering.save(update_fields=["is_open"])
    shown.changed(offering.business)


def _locked(offering: Offering) -> Offering:
    return Offering.objects.select_for_update().get(pk=offering.pk)


def _check(business: Business, row: Offering, needs: Sequence[Wanted]) -> None:
    stands = [one for wanted in needs for one in wanted.resources]
    fits = row.kind in kinds.offered_by(business.kind)
    fits &= row.location.business_id == business.pk
    fits &= all(one.location_id == row.location_id for one in stands)
    fits &= all(len(wanted.resources) >= wanted.count for wanted in needs)
    if not fits or not policies.is_sound(row.policy):
        raise WrongFacts
    if row.is_open and not stands:
        raise Incomplete


def _about(row: Offering) -> dict[str, Any]:
    return {"business": row.business_id, "name": row.name, "price": str(row.price)}
