"""Many documents as one file: a ZIP of their PDFs, or one PDF. A row that the worker carries on with.

A run takes as long as a task may take and leaves the row; the next one goes on where files are missing. The
ZIP is written through a file on the disk, so its size is no matter of memory.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import IO, Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet

from core import journal, storage

from .. import events
from ..errors import NothingToBundle, TooManyBundles, TooManyDocuments
from ..models import Bundle, BundleForm, BundleStatus, Document, FileState
from ..models.bundles import OPEN
from . import drawing, files

log = logging.getLogger(__name__)

MOST = {BundleForm.ZIP: 5000, BundleForm.PDF: 200}
MOST_OPEN = 3
MOST_TRIES = 5
KEPT = timedelta(days=7)
LEASE = timedelta(seconds=90)
STEP = 25  # documents between two looks at the clock


@transaction.atomic
def ask(
    *, by: Any, documents: QuerySet[Document], form: str, name: str, now: datetime, business: Any = None
) -> Bundle:
    """Have one made of these. Raises NothingToBundle, TooManyDocuments, TooManyBundles."""
    form = BundleForm(form)
    if Bundle.objects.filter(asked_by=by, status__in=OPEN).count() >= MOST_OPEN:
        raise TooManyBundles
    found = list(documents.order_by("issued_on", "pk").values_list("pk", flat=True)[: MOST[form] + 1])
    if not found:
        raise NothingToBundle
    if len(found) > MOST[form]:
        raise TooManyDocuments(MOST[form])
    made = Bundle.objects.create(
        asked_by=by,
        business=business,
        form=form,
        name=name,
        documents=found,
        asked_at=now,
        expires_at=now + KEPT,
    )
    journal.write(events.BUNDLE_ASKED, actor=by, subject=made, data={"documents": len(found)})
    return made


def go_on(*, now: datetime, seconds: float = 40) -> int:
    """Carry on with what is open, the oldest first. Returns how many are done now."""
    end, done = time.monotonic() + seconds, 0
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    for bundle in Bundle.objects.filter(free, status__in=OPEN).order_by("asked_at"):
        if time.monotonic() > end:
            break
        done += make(bundle=bundle, now=now, seconds=end - time.monotonic())
    return done


def make(*, bundle: Bundle, now: datetime, seconds: float = 40) -> bool:
    """Work on one for a while. True when its file lies there, False when more is to do or others do it."""
    row = _claim(bundle.pk, now)
    if row is None:
        return False
    try:
        if row.form == BundleForm.ZIP and not _files_are_there(row, now, seconds):
            _release(row)
            return False
        _finish(row, now)
    except OSError as error:
        log.warning("a bundle could not be kept", extra={"bundle": row.pk, "error": str(error)})
        _failed(row, now)
        return False
    return True


def _claim(pk: int, now: datetime) -> Bundle | None:
    with transaction.atomic():
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        open_ones = Bundle.objects.filter(free, status__in=OPEN).select_for_update(
            skip_locked=True, of=("self",)
        )
        row = open_ones.filter(pk=pk).first()
        if row:
            row.status, row.lease_until = BundleStatus.WORKING, now + LEASE
            row.save(update_fields=["status", "lease_until"])
        return row


def _release(row: Bundle) -> None:
    row.lease_until = None
    row.save(update_fields=["lease_until"])


def _files_are_there(row: Bundle, now: datetime, seconds: float) -> bool:
    """Make what is missing, with the progress in the row. False: the time was over first."""
    end = time.monotonic() + seconds
    for begin in range(0, row.total, STEP):
        part = row.documents[begin : begin + STEP]
        for document in Document.objects.filter(pk__in=part, pdf_state=FileState.WAITING).order_by("pk"):
            files.make(document=document, now=now)
        Bundle.objects.filter(pk=row.pk).update(done=min(begin + STEP, row.total))
        if time.monotonic() > end and begin + STEP < row.total:
            return False
    return True


def _finish(row: Bundle, now: datetime) -> None:
    name = f"bundles/{row.public_id}.{row.form}"
    place = storage.private()
    place.delete(name)  # what a worker that died has left
    with tempfile.TemporaryFile() as room:
        _write(row, room, now)
        size = room.tell()
        room.seek(0)
        kept = place.save(name, File(room, name))
    with transaction.atomic():
        facts = {
            "status": BundleStatus.READY,
            "file": kept,
            "size": size,
            "ready_at": now,
            "lease_until": None,
        }
        Bundle.objects.filter(pk=row.pk).update(done=row.total, **facts)
        journal.write(events.BUNDLE_READY, subject=row, data={"documents": row.total})


def _write(row: Bundle, room: IO[bytes], now: datetime) -> None:
    if row.form == BundleForm.PDF:
        room.write(drawing.render(list(_in_order(row))))
        return
    with zipfile.ZipFile(room, "w", zipfile.ZIP_STORED) as archive:
        for document in _in_order(row):
            _add(archive, document, now)
    room.seek(0, 2)


def _add(archive: zipfile.ZipFile, document: Document, now: datetime) -> None:
    """A PDF is packed already. What was lost from the storage is drawn anew."""
    info = zipfile.ZipInfo(document.path_in_zip, document.issued_at.timetuple()[:6])
    with archive.open(info, "w") as target:
        try:
            with document.file.open("rb") as source:
                shutil.copyfileobj(source, target)
        except FileNotFoundError:
            shutil.copyfileobj(ContentFile(files.content(document=document, now=now)), target)


def _in_order(row: Bundle) -> Iterator[Document]:
    for begin in range(0, row.total, STEP):
        part = row.documents[begin : begin + STEP]
        yield from sorted(Document.objects.filter(pk__in=part), key=lambda one: part.index(one.pk))


def _failed(row: Bundle, now: datetime) -> None:
    """Tried again a few times, since room may come back; then the person is told."""
    row.tries, row.lease_until = row.tries + 1, None
    with transaction.atomic():
        if row.tries >= MOST_TRIES:
            row.status = BundleStatus.FAILED
            journal.write(events.BUNDLE_FAILED, subject=row)
        row.save(update_fields=["tries", "lease_until", "status"])


def delete_old(*, now: datetime) -> int:
    """Files and rows whose week is over."""
    over = Bundle.objects.filter(expires_at__lte=now)
    for bundle in over:
        forget(bundle)
    return over.delete()[0]


def forget(bundle: Bundle) -> None:
    if bundle.file:
        storage.private().delete(str(bundle.file.name))
