"""Answers by mail. A mail counts only with our signature in its address and from the ticket's own sender.

All else is kept apart for a person to look at: nothing is lost, and nothing gets into a ticket by itself.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import journal, limits

from .. import addresses, events, mailbox, reading
from ..models import Letter, Outcome, Ticket
from ..states import Queue
from . import opening, talking

log = logging.getLogger(__name__)
AT_ONCE = 50
MOST_AN_HOUR = 20
HOUR = 3600
KEEP_LETTERS = timedelta(days=30)
KEEP_DIGESTS = timedelta(days=90)


def read_mailbox(*, now: datetime) -> int:
    """Take in what has arrived. A letter that breaks is kept as unreadable and stops no other."""
    box = mailbox.opened()
    taken = 0
    for raw in box.fetch(AT_ONCE):
        take(raw=raw, now=now)
        box.done(raw)
        taken += 1
    return taken


def take(*, raw: mailbox.Raw, now: datetime) -> Letter | None:
    """None for one that was taken before."""
    try:
        read = reading.read(raw.content)
    except Exception:  # whatever a hostile mail does to the parser, the others get their turn
        log.warning("mail could not be read", exc_info=True)
        return _keep(hashlib.sha256(raw.content).hexdigest(), Outcome.UNREADABLE, now=now)
    try:
        with transaction.atomic():
            return _sort(read, raw.is_too_large, now)
    except IntegrityError as error:
        if "digest" not in str(error):
            raise
        return None


@transaction.atomic
def open_from(*, letter: Letter, queue: str, by: Any, now: datetime) -> Ticket | None:
    """An agent makes a ticket of a letter. None when a colleague has dealt with it already."""
    row = Letter.objects.select_for_update().get(pk=letter.pk)
    if row.done_at or not row.sender:
        return None
    facts: dict[str, Any] = {"guest_email": row.sender, "locale": "tr", "source": _("mail")}
    subject = row.subject or _("Without subject")
    words = row.text or subject
    ticket = opening.open_ticket(
        subject=subject, words=words, queue=Queue(queue), by=None, now=now, message={"by_mail": True}, **facts
    )
    _close(row, now, ticket)
    return ticket


@transaction.atomic
def dismiss(*, letter: Letter, by: Any, now: datetime) -> None:
    row = Letter.objects.select_for_update().get(pk=letter.pk)
    if row.done_at is None:
        _close(row, now, row.ticket)


def forget_letters(*, now: datetime) -> int:
    """What nobody made a ticket of within a month goes; what tells us a letter again, after three."""
    Letter.objects.filter(received_at__lt=now - KEEP_LETTERS, done_at=None).exclude(
        text="", sender=""
    ).update(text="", sender="", subject="", done_at=now)
    deleted, _by_model = Letter.objects.filter(received_at__lt=now - KEEP_DIGESTS).delete()
    return deleted


def _sort(read: reading.Read, is_too_large: bool, now: datetime) -> Letter:
    reference = addresses.reference_in(read.recipients)
    ticket = Ticket.objects.select_related("requester").filter(reference=reference, forgotten_at=None).first()
    if read.is_automatic:
        return _keep(read.digest, Outcome.AUTOMATIC, now=now, ticket=ticket)
    outcome = _outcome(read, ticket)
    if outcome != Outcome.TAKEN:
        return _put_aside(read, outcome, ticket, now)
    letter = _keep(read.digest, outcome, now=now, ticket=ticket)
    assert ticket is not None  # noqa: S101  (_outcome)
    words = _with_notes(read, is_too_large, ticket.locale)
    talking.write(
        ticket=ticket,
        words=words,
        by=ticket.requester,
        now=now,
        files=read.files,
        by_mail=True,
        was_cut=read.was_cut,
        mail_id=read.message_id[:250],
    )
    return letter


def _outcome(read: reading.Read, ticket: Ticket | None) -> Outcome:
    if ticket is None:
        return Outcome.NO_TICKET
    if not read.sender or read.sender != ticket.contact:
        return Outcome.OTHER_SENDER
    if limits.is_over("support.mail", ticket.reference, most=MOST_AN_HOUR, seconds=HOUR):
        return Outcome.TOO_MANY
    return Outcome.TAKEN


def _with_notes(read: reading.Read, is_too_large: bool, locale: str) -> str:
    """The words, and what we left out of the mail: said in the thread, where its writer reads it."""
    with translation.override(locale):
        notes = []
        if read.refused_files:
            number = len(read.refused_files)
            words = ngettext(
                "%(number)d file was not taken: %(names)s",
                "%(number)d files were not taken: %(names)s",
                number,
            )
            notes.append(words % {"number": number, "names": ", ".join(read.refused_files)})
        if is_too_large:
            notes.append(_("The mail was larger than we can read."))
        text = read.text or (_("(no words)") if not notes else "")
    return "\n\n".join(part for part in (text, *notes) if part)


def _put_aside(read: reading.Read, outcome: Outcome, ticket: Ticket | None, now: datetime) -> Letter:
    facts: dict[str, Any] = {
        "sender": read.sender,
        "subject": read.subject,
        "text": read.text,
        "ticket": ticket,
    }
    letter = _keep(read.digest, outcome, now=now, **facts)
    journal.write(events.UNMATCHED, subject=letter, data={"outcome": str(outcome)})
    return letter


def _keep(digest: str, outcome: Outcome, *, now: datetime, **facts: Any) -> Letter:
    if outcome == Outcome.UNREADABLE:
        row, _is_new = Letter.objects.get_or_create(
            digest=digest, defaults={"outcome": outcome, "received_at": now}
        )
        return row
    return Letter.objects.create(digest=digest, outcome=outcome, received_at=now, **facts)


def _close(row: Letter, now: datetime, ticket: Ticket | None) -> None:
    """Its words are on the ticket or were not wanted: they need not lie here, too."""
    row.done_at, row.ticket = now, ticket
    row.text = row.sender = row.subject = ""
    row.save(update_fields=["done_at", "ticket", "text", "sender", "subject"])
