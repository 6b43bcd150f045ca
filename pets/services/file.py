"""What is written into the file, by keepers and by businesses that may."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import journal
from teams.models import Business

from .. import events
from ..models import Measurement, Note, Pet, Vaccination, Visibility
from ..models.file import Entry
from . import duties


@transaction.atomic
def add_vaccination(
    *, pet: Pet, by: Any, now: datetime, business: Business | None = None, **facts: Any
) -> Vaccination:
    row = Vaccination.objects.create(pet=pet, author=by, business=business, written_at=now, **facts)
    _note(events.ENTRY_ADDED, row, by=by)
    duties.refresh([pet], today=timezone.localdate(now))
    return row


@transaction.atomic
def add_measurement(*, pet: Pet, by: Any, now: datetime, **facts: Any) -> Measurement:
    row = Measurement.objects.create(pet=pet, author=by, written_at=now, **facts)
    _note(events.ENTRY_ADDED, row, by=by)
    return row


@transaction.atomic
def add_note(
    *,
    pet: Pet,
    by: Any,
    now: datetime,
    text: str,
    visibility: str = Visibility.KEEPER,
    business: Business | None = None,
) -> Note:
    """What a business writes is for the keepers too, so it is shared by nature."""
    visibility = Visibility.SHARED if business else visibility
    row = Note.objects.create(
        pet=pet, author=by, business=business, written_at=now, text=text, visibility=visibility
    )
    _note(events.ENTRY_ADDED, row, by=by)
    return row


@transaction.atomic
def remove_entry(*, entry: Entry, by: Any, now: datetime) -> None:
    _set_removed(entry, now, events.ENTRY_REMOVED, by=by, now=now)


@transaction.atomic
def restore_entry(*, entry: Entry, by: Any, now: datetime) -> None:
    _set_removed(entry, None, events.ENTRY_RESTORED, by=by, now=now)


def _set_removed(entry: Entry, value: datetime | None, event: str, *, by: Any, now: datetime) -> None:
    entry.removed_at = value
    entry.save(update_fields=["removed_at"])
    _note(event, entry, by=by)
    duties.refresh([entry.pet], today=timezone.localdate(now))


def _note(event: str, row: Entry, *, by: Any) -> None:
    """Which row, not what it says: health words do not belong into the journal."""
    data = {"entry": row._meta.model_name, "id": row.pk, "business": row.business_id}
    journal.write(event, actor=by, subject=row.pet, data=data)
