"""The PDF of a document: made by the worker after the commit, or by whoever asks for it first.

A document stands without its file. What could not be made (no room in the storage, a dead worker) is a row
in the state `waiting`, which `make_missing` finds.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from core import journal

from .. import events
from ..models import Document, FileState
from . import drawing

log = logging.getLogger(__name__)


def make(*, document: Document, now: datetime) -> bool:
    """Draw it and lay it into the private storage. False when somebody else did. Raises OSError."""
    content = drawing.render([document])
    with transaction.atomic():
        waiting = Document.objects.select_for_update(skip_locked=True, of=("self",))
        row = waiting.filter(pk=document.pk, pdf_state=FileState.WAITING).first()
        if row is None:
            return False
        row.file.name = _store(row, content)
        row.pdf_state, row.sha256 = FileState.MADE, hashlib.sha256(content).hexdigest()
        row.save(update_fields=["file", "pdf_state", "sha256"])
        journal.write(events.DOCUMENT_MADE, subject=row, data={"number": row.number})
    document.refresh_from_db(fields=["file", "pdf_state", "sha256"])
    return True


def _store(row: Document, content: bytes) -> str:
    """Under a name of its own; what an earlier attempt left half written goes first."""
    name, place = f"documents/{row.issued_on:%Y/%m}/{row.public_id}.pdf", row.file.storage
    place.delete(name)
    try:
        return place.save(name, ContentFile(content))
    except OSError:
        place.delete(name)
        raise


def content(*, document: Document, now: datetime) -> bytes:
    """Its bytes. Made now when they are missing; drawn without keeping them when they cannot be kept."""
    if document.pdf_state == FileState.WAITING:
        try_to_make(document=document, now=now)
    try:
        with document.file.open("rb") as file:
            return file.read()
    except (OSError, ValueError):  # not there yet, or lost
        return drawing.render([document])


def make_missing(*, now: datetime, seconds: float = 40) -> int:
    """Make what is missing, the oldest first, for as long as a task may take. Returns how many."""
    end = time.monotonic() + seconds
    return sum(try_to_make(document=document, now=now) for document in _missing(end))


def _missing(end: float) -> Iterator[Document]:
    last = 0
    while time.monotonic() < end:
        rows = Document.objects.filter(pdf_state=FileState.WAITING, pk__gt=last).order_by("pk")
        document = rows.first()
        if document is None:
            return
        last = document.pk
        yield document


def try_to_make(*, document: Document, now: datetime) -> bool:
    try:
        return make(document=document, now=now)
    except OSError:
        log.warning("no room for a document; the sweeper tries again", extra={"document": document.pk})
        return False
