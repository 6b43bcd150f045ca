"""What has to be there on arrival: asked by the business, answered by the customer, seen by its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from core import journal

from .. import locks
from ..kinds import Kind
from ..models import Booking
from ..states import OVER, Status
from . import checklist, events
from .errors import AskedAlready, IsCompulsory, NoReason, NothingToSee, Over, StillMissing
from .models import Answer, Care, Diet, OwnRequirement, Tick

OPEN = (Status.REQUESTED, Status.CONFIRMED, Status.IN_SERVICE)  # these can still be filled in
CARE_KEPT = timedelta(days=30)  # after the day of leaving


@dataclass(frozen=True)
class Said:
    """About one thing of one animal: a number, or the days of a vaccination, or only that it is there."""

    text: str = ""
    given_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Given:
    """What a form brought. `said` by animal and code; None takes it back."""

    care: Mapping[str, str] = field(default_factory=dict)
    diets: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    said: Mapping[tuple[int, str], Said | None] = field(default_factory=dict)


@transaction.atomic
def save_requirement(*, business: Any, kind: Kind, by: Any, now: datetime, **facts: Any) -> OwnRequirement:
    """Asked of whoever books from now on. Raises AskedAlready."""
    try:
        with transaction.atomic():
            row = OwnRequirement.objects.create(business=business, kind=kind, since=now, **facts)
    except IntegrityError as error:
        if "business_asks_for_a_thing_once" in str(error):
            raise AskedAlready from error
        raise
    journal.write(events.SAVED, actor=by, subject=row, data=_about(row))
    return row


@transaction.atomic
def retire_requirement(*, requirement: OwnRequirement, by: Any, now: datetime) -> None:
    """Of nobody who books from now on. Once."""
    rows = OwnRequirement.objects.filter(pk=requirement.pk, until=None)
    if rows.update(until=now):
        journal.write(events.RETIRED, actor=by, subject=requirement, data=_about(requirement))


@transaction.atomic
def fill(*, booking: Booking, given: Given, by: Any, now: datetime, is_desk: bool = False) -> None:
    """Keep what was said. Entered at the desk it is seen at once, said anew it is seen anew. Raises Over."""
    row = locks.booking(booking.pk)
    if row.status not in OPEN:
        raise Over
    if given.care:
        Care.objects.update_or_create(booking=row, defaults=dict(given.care))
    for pk, diet in given.diets.items():
        Diet.objects.update_or_create(item=row.items.get(pk=pk), defaults=dict(diet))
    changed = [key for key, said in given.said.items() if _answer(row, *key, said, by, now)]
    for pk, code in changed:
        Tick.objects.filter(booking=row, item=pk, code=code).delete()
        if is_desk and given.said[pk, code]:
            Tick.objects.create(booking=row, item_id=pk, code=code, by=by, at=now)
    journal.write(events.FILLED, actor=by, subject=booking, data={"codes": [code for _pk, code in changed]})


def _answer(row: Booking, pk: int, code: str, said: Said | None, by: Any, now: datetime) -> bool:
    """True when it is something else than before."""
    item = row.items.get(pk=pk)
    kept = Answer.objects.filter(item=item, code=code).first()
    if said is None:
        if kept:
            kept.delete()
        return kept is not None
    if kept and Said(kept.text, kept.given_on, kept.valid_until) == said:
        return False
    facts = {"text": said.text, "given_on": said.given_on, "valid_until": said.valid_until}
    Answer.objects.update_or_create(item=item, code=code, defaults=facts | {"by": by, "at": now})
    return True


@transaction.atomic
def see(*, booking: Booking, code: str, item: int | None, by: Any, now: datetime) -> None:
    """A person of the business has seen it; pressed again it is taken back. Raises NothingToSee, Over."""
    row = locks.booking(booking.pk)
    line = line_of(row, code, item)
    mine = Tick.objects.filter(booking=row, item=item, code=code)
    if row.status not in OPEN:
        raise Over
    if mine.delete()[0]:
        journal.write(events.UNSEEN, actor=by, subject=booking, data={"code": code, "note": line.name})
        return
    if not line.can_be_seen:
        raise NothingToSee
    Tick.objects.create(booking=row, item_id=item, code=code, by=by, at=now)
    journal.write(events.SEEN, actor=by, subject=booking, data={"code": code, "note": line.name})


@transaction.atomic
def waive(*, booking: Booking, code: str, item: int | None, reason: str, by: Any, now: datetime) -> None:
    """The business does without what only it asks for, and says why. Raises IsCompulsory, NoReason, Over."""
    row = locks.booking(booking.pk)
    line, words = line_of(row, code, item), reason.strip()
    if line.is_compulsory:
        raise IsCompulsory
    if not words:
        raise NoReason
    if row.status not in OPEN:
        raise Over
    facts = {"waived_for": words, "by": by, "at": now}
    Tick.objects.update_or_create(booking=row, item_id=item, code=code, defaults=facts)
    note = f"{line.name} — {words}"
    journal.write(events.WAIVED, actor=by, subject=booking, data={"code": code, "note": note})


def check(booking: Booking, *, now: datetime) -> None:
    """Before arrival, for each kind that asks. Raises StillMissing."""
    if lines := [line for line in checklist.of(booking) if line.stops]:
        raise StillMissing(lines)


def check_unless_arrived(booking: Booking, *, now: datetime) -> None:
    """“Done” without “she is here” is no way around it. Raises StillMissing."""
    if booking.arrived_at is None:
        check(booking, now=now)


def line_of(booking: Booking, code: str, item: int | None) -> checklist.Line:
    """Raises Over for what is not asked of this booking."""
    for line in checklist.of(booking):
        if line.code == code and (line.item.pk if line.item else None) == item:
            return line
    raise Over


def _about(row: OwnRequirement) -> dict[str, Any]:
    return {"business": row.business_id, "name": row.title}


@transaction.atomic
def forget_care(*, now: datetime) -> int:
    """Whom to call and what to feed is of use while the animal is there. Returns how many rows went."""
    old = Booking.objects.filter(status__in=OVER, ends_at__lte=now - CARE_KEPT)
    contacts, _each = Care.objects.filter(booking__in=old).delete()
    diets, _each = Diet.objects.filter(item__booking__in=old).delete()
    if contacts or diets:
        journal.write(events.FORGOTTEN, data={"contacts": contacts, "diets": diets})
    return contacts + diets
