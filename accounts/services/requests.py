"""What people ask about their data, the clock of thirty days, and the copy they get."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core import journal, mail, storage

from .. import copies, events
from ..errors import AlreadyAsked
from ..models import DataRequest, Export, RequestKind, User
from ..models.requests import ANSWER_WITHIN, ASK_AFTER
from ..states import REQUEST_MOVES, RequestStatus

KEPT = timedelta(days=7)
BY_MACHINE = (RequestKind.ACCESS, RequestKind.EXPORT)


@transaction.atomic
def ask_for_data(*, user: User, kind: str, text: str = "", now: datetime) -> DataRequest:
    """Give the wish a number and start its clock. Raises AlreadyAsked while one of its kind is open."""
    try:
        with transaction.atomic():
            request = DataRequest.objects.create(
                number=f"?{timezone.now().timestamp()}",
                user=user,
                kind=kind,
                text=text,
                asked_at=now,
                due_at=now + ANSWER_WITHIN,
            )
    except IntegrityError as error:
        raise AlreadyAsked from error
    request.number = f"KV-{timezone.localdate(now):%Y}-{request.pk:06}"
    request.save(update_fields=["number"])
    journal.write(events.DATA_ASKED, actor=user, subject=request, data={"kind": kind})
    for after in ASK_AFTER:
        told = {"days": after.days}
        journal.write(events.DATA_CLOCK, subject=request, data=told, due_at=now + after)
    return request


def note_waiting(*, request: DataRequest, days: int) -> None:
    """The clock struck and nobody has answered: staff see it in the journal and in their report."""
    if request.is_open:
        told = {"number": request.number, "days": days}
        journal.write(events.DATA_WAITING, subject=request, data=told)


@transaction.atomic
def answer_request(*, request: DataRequest, text: str, by: Any, now: datetime) -> None:
    """Close it with an answer in words. Raises MoveRefused when it is closed already."""
    REQUEST_MOVES.move(
        request,
        RequestStatus.ANSWERED,
        event=events.DATA_ANSWERED,
        actor=by,
        data={"number": request.number},
        answer=text,
        closed_at=now,
    )
    user = request.user
    mail.send("data_answered", to=user.email, context={"number": request.number}, locale=user.locale)


@transaction.atomic
def withdraw_request(*, request: DataRequest, by: User, now: datetime) -> None:
    REQUEST_MOVES.move(request, RequestStatus.WITHDRAWN, event=events.DATA_WITHDRAWN, actor=by, closed_at=now)


@transaction.atomic
def make_export(*, request: DataRequest, now: datetime) -> Export | None:
    """The copy as JSON and PDF, kept for a week. None when it was made or taken back before."""
    if not request.is_open or request.kind not in BY_MACHINE:
        return None
    with translation.override(request.user.locale):
        found = copies.collect(request, now=now)
        export = Export(request=request, made_at=now, expires_at=now + KEPT)
        export.json.save(f"{request.public_id}.json", ContentFile(copies.as_json(found)), save=False)
        export.pdf.save(f"{request.public_id}.pdf", ContentFile(copies.as_pdf(found)), save=False)
        export.save()
        text = _("Your copy is ready. It stays here for seven days.")
    answer_request(request=request, text=text, by=None, now=now)
    return export


def delete_old_exports(*, now: datetime) -> int:
    """Files and rows whose week is over, and files that a crash left without a row."""
    over = Export.objects.filter(expires_at__lte=now)
    deleted = 0
    for export in over:
        delete_files(export)
        export.delete()
        deleted += 1
    return deleted + _delete_orphans(now)


def delete_files(export: Export) -> None:
    for file in (export.json, export.pdf):
        file.storage.delete(file.name)


def _delete_orphans(now: datetime) -> int:
    folder = storage.private()
    if not folder.exists("exports"):
        return 0
    names = {f"exports/{name}" for name in folder.listdir("exports")[1]}
    known = {name for pair in Export.objects.values_list("json", "pdf") for name in pair}
    old = [name for name in names - known if folder.get_modified_time(name) < now - KEPT]
    for name in old:
        folder.delete(name)
    return len(old)
