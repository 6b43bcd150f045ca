"""From a draft to a summary that nobody changes: it goes to the owner and into the files of her animals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import journal
from core.states import MoveRefused
from pets.services import file

from .. import events, queries
from ..errors import NotHeld, SummaryNotSent, SummarySent
from ..models import Addendum, Consultation, Summary
from ..states import HELD, Side
from . import entering

PARTS = ("told", "seen", "advice", "go_if")


@transaction.atomic
def save_draft(*, consultation: Consultation, facts: dict[str, str], by: Any, now: datetime) -> Summary:
    """As often as one likes, until it is sent. Raises SummarySent, MoveRefused."""
    room = entering.locked(consultation)
    if room.booking.status not in HELD:
        raise MoveRefused
    row = Summary.objects.filter(consultation=room).first() or Summary(consultation=room)
    if row.sent_at:
        raise SummarySent
    for name in PARTS:
        setattr(row, name, facts.get(name, ""))
    row.author, row.written_at = by, now
    row.save()
    return row


@transaction.atomic
def send(*, consultation: Consultation, facts: dict[str, str], by: Any, now: datetime) -> Summary:
    """Fixed from now on. Raises SummarySent, MoveRefused; NotHeld when the two never met in the room."""
    row = save_draft(consultation=consultation, facts=facts, by=by, now=now)
    if not all(queries.was_there(consultation, side) for side in Side):
        raise NotHeld
    row.sent_at = now
    row.save(update_fields=["sent_at"])
    _into_files(row, written(row), by, now)
    journal.write(events.SUMMARY_SENT, actor=by, subject=row, data=_told(row))
    return row


@transaction.atomic
def add(*, summary: Summary, text: str, by: Any, now: datetime) -> Addendum:
    """Below what was sent, which stays. Raises SummaryNotSent."""
    row = Summary.objects.get(pk=summary.pk)
    if row.sent_at is None:
        raise SummaryNotSent
    made = Addendum.objects.create(summary=row, author=by, text=text, at=now)
    _into_files(row, _heading(row, _("Addendum to the consultation of %(day)s")) + text, by, now)
    journal.write(events.ADDENDUM_SENT, actor=by, subject=made, data=_told(row))
    return made


def written(row: Summary) -> str:
    """As it stands in the file: in Turkish, as papers are."""
    with translation.override(settings.LANGUAGE_CODE):
        parts = [
            (_("You told us"), row.told),
            (_("What we saw"), row.seen),
            (_("Advice"), row.advice),
            (_("Go to a clinic at once if"), row.go_if),
            (_("Not written"), _("No diagnosis and no prescription; they are not given from afar.")),
        ]
        head = _heading(row, _("Online consultation of %(day)s"))
        return head + "\n".join(f"{label}: {text}" for label, text in parts if text)


def _heading(row: Summary, words: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        day = date_format(timezone.localtime(row.consultation.booking.starts_at), "j F Y")
    return words % {"day": day} + "\n"


def _into_files(row: Summary, text: str, by: Any, now: datetime) -> None:
    """Of the animals it was about. No grant is asked for: it is the owner's own record of what she paid."""
    booking = row.consultation.booking
    for item in booking.items.select_related("pet"):
        if item.pet:
            file.add_note(pet=item.pet, by=by, business=booking.business, now=now, text=text)


def _told(row: Summary) -> dict[str, Any]:
    return {"business": row.consultation.booking.business_id}
