"""Reactions to lines about documents."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from core import journal
from core.models import Line

from . import events, pricing_receivers, tasks  # noqa: F401  (it registers itself)
from .documents import files, mails, telling


@journal.on(events.DOCUMENT_ISSUED)
def make_file(line: Line) -> None:
    """Where there is no room now the document waits for the sweeper, not this line."""
    if line.subject is not None:
        files.try_to_make(document=line.subject, now=timezone.now())


@journal.on(events.DOCUMENT_MADE)
def send_by_mail(line: Line) -> None:
    if line.subject is not None:
        mails.send(document=line.subject, now=timezone.now())


@journal.on(events.BUNDLE_ASKED)
def make_bundle(line: Line) -> None:
    """It takes long and has steps of its own, so it begins after this one."""
    transaction.on_commit(tasks.hurry_bundles)


@journal.on(events.BUNDLE_READY, events.BUNDLE_FAILED)
def tell_of_bundle(line: Line) -> None:
    if line.subject is not None:
        telling.tell(bundle=line.subject, now=timezone.now())
