"""Keeps the rows of duties equal to what the rules give, and tells of them ahead of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import journal

from .. import events, queries, rules
from ..duty_kinds import Kind
from ..models import Duty, DutyReminder, Pet, Statement

AHEAD = (14, 3, 0)  # days before the date on which we tell
LATE = 2  # a worker that was away still tells, but not of what lies further back
BATCH = 500


@transaction.atomic
def refresh(pets: Sequence[Pet], *, today: date) -> None:
    """Write what the rules give for these animals; rows that say so already stay untouched.

    The animals are locked, so that two refreshes cannot write the same duty twice.
    """
    locked = list(Pet.objects.filter(pk__in=[pet.pk for pet in pets]).order_by("pk").select_for_update())
    figures = queries.figures(today)
    wanted = {
        (facts.pet.pk, due.kind): due
        for facts in queries.facts_of(locked)
        for due in rules.duties(facts, figures)
    }
    there = {(row.pet_id, row.kind): row for row in Duty.objects.filter(pet__in=locked)}
    Duty.objects.filter(pk__in=[there[key].pk for key in there.keys() - wanted.keys()]).delete()
    for key, due in wanted.items():
        _write(there.get(key), key[0], due)


def _write(row: Duty | None, pet_id: int, due: rules.Due) -> None:
    values = {
        "due_on": due.due_on,
        "done_on": due.done_on,
        "source": due.source,
        "source_url": due.source_url,
    }
    if row is None:
        Duty.objects.create(pet_id=pet_id, kind=due.kind, **values)
    elif any(getattr(row, name) != value for name, value in values.items()):
        Duty.objects.filter(pk=row.pk).update(**values)


@transaction.atomic
def state_done(*, pet: Pet, kind: Kind, on: date, by: Any, now: datetime) -> None:
    """A keeper says that the office was told. We write it down and tell nobody in her name."""
    Statement.objects.update_or_create(pet=pet, kind=kind, defaults={"said_on": on, "by": by})
    journal.write(events.STATED, actor=by, subject=pet, data={"kind": kind, "on": on.isoformat()})
    refresh([pet], today=timezone.localdate(now))


def refresh_all(*, today: date) -> int:
    """Every animal, in batches: figures and days change without anybody touching a file."""
    ids = list(Pet.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        refresh([Pet(pk=pk) for pk in ids[start : start + BATCH]], today=today)
    return len(ids)


def announce(*, now: datetime, today: date) -> int:
    """One journal line for each duty and distance, however often this runs."""
    near = Duty.objects.filter(
        due_on__gte=today - timedelta(days=LATE), due_on__lte=today + timedelta(days=AHEAD[0])
    ).exclude(pet__status="passed_away")
    ids = near.filter(pet__archived_at=None).values_list("pk", flat=True)
    return sum(_announce(pk, now=now, today=today) for pk in list(ids))


@transaction.atomic
def _announce(duty_id: int, *, now: datetime, today: date) -> bool:
    """The lock on the duty makes a second worker wait and then find it told."""
    rows = Duty.objects.select_for_update(of=("self",)).select_related("pet")
    duty = rows.filter(pk=duty_id).first()
    if duty is None or duty.due_on is None:
        return False
    days = min(step for step in AHEAD if (duty.due_on - today).days <= step)
    told = {"duty": duty, "due_on": duty.due_on, "days": days}
    _, is_new = DutyReminder.objects.get_or_create(**told, defaults={"at": now})
    if is_new:
        journal.write(events.DUTY_DUE, subject=duty.pet, data=_news(duty, days))
    return is_new


def _news(duty: Duty, days: int) -> dict[str, Any]:
    """Everything a notice needs, so that its writer need not know this room."""
    return {
        "pet": duty.pet.name,
        "url": duty.pet.get_absolute_url(),
        "kind": duty.kind,
        "label": str(Kind(duty.kind).label),
        "is_legal": duty.is_legal,
        "due_on": duty.due_on.isoformat() if duty.due_on else None,
        "ahead": days,
        "users": list(duty.pet.keepers.values_list("user_id", flat=True)),
    }
