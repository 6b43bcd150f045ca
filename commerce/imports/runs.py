"""An import on its way: asked for, read, confirmed, written, taken back. The worker carries on with its row.

Each bunch is one transaction with its own tick, so a worker that dies leaves nothing half done and the next
one goes on behind it.
"""

from __future__ import annotations

import itertools
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commerce import events
from commerce.models import Import, ImportRow
from commerce.states import IMPORT_WORKING, IMPORTS, ImportStatus, RowStatus
from core import journal
from core.errors import Refused

from . import reading, undoing
from .checking import Checker
from .columns import Columns, key
from .reading import Unreadable
from .writing import Writer

log = logging.getLogger(__name__)

BUNCH = 200
LEASE = timedelta(seconds=90)
KEPT = timedelta(days=30)
MOST_TRIES = 5


class OneAtATime(Refused):
    code = "one_at_a_time"
    message = gettext_lazy("Another import is being worked on. Wait until it is done.")


class NothingToWrite(Refused):
    code = "nothing_to_write"
    message = gettext_lazy("Nothing in this file would change anything.")


@transaction.atomic
def ask(*, partner: Any, file: Any, by: Any, locale: str, now: datetime) -> Import:
    """Keep a file and have it read. Raises Unreadable, OneAtATime."""
    if file.size > reading.MOST_BYTES:
        raise Unreadable(_("A file may have at most 10 MB."))
    content = file.read(reading.MOST_BYTES + 1)
    if not content:
        raise Unreadable(_("This file is empty."))
    form = reading.form_of(file.name or "", content[:4096])
    run = Import(
        partner=partner, asked_by=by, name=_shown_name(file.name), form=form, locale=locale, asked_at=now
    )
    run.file.save(f"{secrets.token_hex(16)}.{form}", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError as error:
        run.file.delete(save=False)
        raise OneAtATime from error
    journal.write(events.IMPORT_ASKED, actor=by, subject=run, data={"seller": partner.pk})
    return run


def _shown_name(name: str | None) -> str:
    return "".join(letter for letter in (name or "") if letter.isprintable())[-120:] or "dosya"


@transaction.atomic
def confirm(*, run: Import, by: Any, now: datetime) -> None:
    """Have it written. Raises NothingToWrite, OneAtATime, MoveRefused."""
    if not run.rows.filter(status__in=[RowStatus.NEW, RowStatus.CHANGED]).exists():
        raise NothingToWrite
    _move(run, ImportStatus.WRITING, events.IMPORT_CONFIRMED, by)


@transaction.atomic
def drop(*, run: Import, by: Any, now: datetime) -> None:
    """It was read, and nothing of it shall be written."""
    _move(run, ImportStatus.DROPPED, events.IMPORT_DROPPED, by)


@transaction.atomic
def take_back(*, run: Import, by: Any, now: datetime) -> None:
    """All of it, within a day, while nothing was ordered. Raises TooLate, WasSold, OneAtATime."""
    run.refresh_from_db()
    if not undoing.may_be_undone(run, now):
        raise undoing.TooLate
    undoing.stop_sales(run)
    if undoing.was_sold(run):
        raise undoing.WasSold  # the offers come back with the rollback
    _move(run, ImportStatus.UNDOING, events.IMPORT_UNDOING, by)


def _move(run: Import, to: ImportStatus, event: str, by: Any = None, **changes: Any) -> None:
    try:
        with transaction.atomic():
            IMPORTS.move(run, to, event=event, actor=by, position=0, tries=0, **changes)
    except IntegrityError as error:
        raise OneAtATime from error


def go_on(*, now: datetime, seconds: float = 40) -> bool:
    """Carry on with what is open, the oldest first; True while something is left that nobody works on."""
    end = time.monotonic() + seconds
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    for pk in list(
        Import.objects.filter(free, status__in=IMPORT_WORKING)
        .order_by("asked_at")
        .values_list("pk", flat=True)
    ):
        if time.monotonic() > end:
            break
        work(pk, now=now, seconds=end - time.monotonic())
    return Import.objects.filter(lease_until=None, status__in=IMPORT_WORKING).exists()


def work(pk: int, *, now: datetime, seconds: float = 40) -> None:
    """Some bunches of one import."""
    run = _claim(pk, now)
    if run is None:
        return
    step: dict[str, Callable[[Import, datetime, float], None]] = {
        ImportStatus.READING: _read,
        ImportStatus.WRITING: _write,
        ImportStatus.UNDOING: _undo,
    }
    try:
        with translation.override(run.locale):
            if run.tries > MOST_TRIES and run.status == ImportStatus.READING:
                raise Unreadable(_("We cannot read this file. Save it anew and try again."))
            step[run.status](run, now, time.monotonic() + seconds)
    except Unreadable as error:
        _move(run, ImportStatus.FAILED, events.IMPORT_FAILED, trouble=str(error.message))
    Import.objects.filter(pk=run.pk).update(lease_until=None)  # an error keeps it: tried again after a pause


def _claim(pk: int, now: datetime) -> Import | None:
    with transaction.atomic():
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        open_ones = Import.objects.select_for_update(skip_locked=True, of=("self",))
        run = (
            open_ones.filter(free, status__in=IMPORT_WORKING, pk=pk)
            .select_related("partner", "asked_by")
            .first()
        )
        if run:
            run.lease_until, run.tries = now + LEASE, run.tries + 1
            run.save(update_fields=["lease_until", "tries"])
        return run


def _read(run: Import, now: datetime, end: float) -> None:
    """Rows behind `position`, in bunches; each with the new position in one transaction."""
    columns = Columns()
    checker = Checker(run, columns)
    with run.file.open("rb") as file, closing(reading.rows(file, run.form)) as source:
        names = next(source, (0, []))[1]
        headings = _headings(names, columns)
        rest = ((number, dict(_pairs(headings, cells))) for number, cells in source if number > run.position)
        for bunch in _bunches(rest):
            _keep(run, checker, bunch)
            if time.monotonic() > end:
                return
    if not run.rows.exists():
        raise Unreadable(_("There is no row below the headings."))
    left_out = _left_out(names, headings)
    _move(run, ImportStatus.READ, events.IMPORT_READ, read_at=now, total=run.rows.count(), trouble=left_out)


def _headings(cells: list[str], columns: Columns) -> list[str]:
    found = [columns.by_heading.get(key(cell), "") for cell in cells]
    if "sku" not in found:
        raise Unreadable(
            _("The first row has to name the columns, one of them “Stock code”. Use the template.")
        )
    named = [code for code in found if code]
    if len(named) != len(set(named)):
        raise Unreadable(_("Two columns have the same name."))
    return found


def _left_out(names: list[str], headings: list[str]) -> str:
    """Columns that nobody knows are named before anybody says yes: a heading may be misspelt."""
    unknown = [name.strip() for name, code in zip(names, headings, strict=True) if name.strip() and not code]
    if not unknown:
        return ""
    listed = Truncator(", ".join(f"“{name}”" for name in unknown)).chars(200)
    return _("We do not know these columns and leave them out: %(columns)s.") % {"columns": listed}


def _pairs(headings: list[str], cells: list[str]) -> Iterator[tuple[str, str]]:
    return ((code, cell) for code, cell in zip(headings, cells, strict=False) if code)


def _bunches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while bunch := list(itertools.islice(rows, BUNCH)):
        yield bunch


@transaction.atomic
def _keep(run: Import, checker: Checker, bunch: list[Any]) -> None:
    ImportRow.objects.bulk_create(
        ImportRow(
            run=run,
            number=row.number,
            sku=row.data.get("sku", "")[:128],
            status=row.status,
            data=row.data,
            errors=row.errors,
            changes=row.changes,
        )
        for row in checker.check(bunch)
    )
    run.position = bunch[-1][0]
    Import.objects.filter(pk=run.pk).update(position=run.position, total=run.rows.count(), tries=0)


def _write(run: Import, now: datetime, end: float) -> None:
    writer = Writer(run)
    while number := writer.write(now):
        Import.objects.filter(pk=run.pk).update(position=_done(run), tries=0)
        if number and time.monotonic() > end:
            return
    _move(run, ImportStatus.WRITTEN, events.IMPORT_WRITTEN, written_at=now)


def _done(run: Import) -> int:
    return run.rows.filter(is_done=True).count()


def _undo(run: Import, now: datetime, end: float) -> None:
    writer = Writer(run)
    while undoing.undo(run, writer, now):
        Import.objects.filter(pk=run.pk).update(position=run.rows.filter(is_undone=True).count(), tries=0)
        if time.monotonic() > end:
            return
    _move(run, ImportStatus.UNDONE, events.IMPORT_UNDONE, undone_at=now)


def counts(run: Import) -> dict[str, int]:
    """How many rows are new, changed, unchanged, refused, and how many of them will be held."""
    rows = run.rows.order_by().values("status").annotate(number=Count("pk"))
    found = {str(status): 0 for status in RowStatus.values} | {row["status"]: row["number"] for row in rows}
    return {**found, "held": run.rows.filter(data__has_key="held").exclude(status=RowStatus.REFUSED).count()}


def delete_old(*, now: datetime) -> int:
    """Files and rows a month after they were asked for; what was written stays."""
    over = Import.objects.filter(asked_at__lte=now - KEPT).exclude(status__in=IMPORT_WORKING)
    for run in over:
        run.file.delete(save=False)
    return over.delete()[0]
