"""How a ticket begins."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from core import journal, text
from core.uploads import Accepted

from .. import events, promises
from ..errors import OnePauseAtATime
from ..models import Sender, Ticket
from ..states import FIRST_PRIORITY, Queue, Wish
from .saying import say, send

LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, so no words; nothing that looks alike
LONGEST_SUBJECT = 140


@transaction.atomic
def open_ticket(
    *,
    subject: str,
    words: str,
    queue: str,
    by: Any,
    locale: str,
    now: datetime,
    guest_name: str = "",
    guest_email: str = "",
    files: Iterable[Accepted] = (),
    is_silent: bool = False,
    message: dict[str, Any] | None = None,
    **facts: Any,
) -> Ticket:
    """Take a request in and start its clock. The receipt is automatic and stops no clock.

    `is_silent` sends no mail: for a place that has sent too much already.
    """
    asker = by if getattr(by, "pk", None) else None
    priority = FIRST_PRIORITY[Queue(queue)]
    due = promises.due(priority, now)
    ticket = Ticket.objects.create(
        reference=free_reference(),
        requester=asker,
        guest_name="" if asker else one_line(guest_name),
        guest_email="" if asker else guest_email,
        subject=one_line(subject)[:LONGEST_SUBJECT],
        queue=queue,
        priority=priority,
        locale=locale,
        opened_at=now,
        updated_at=now,
        awaited_since=now,
        due_at=due,
        first_due_at=due,
        **facts,
    )
    say(ticket, words, sender=Sender.CUSTOMER, by=asker, files=files, now=now, **(message or {}))
    index(ticket)
    if not is_silent:
        _confirm(ticket, now)
    told = {"queue": queue, "business": ticket.business_id, "is_silent": is_silent}
    journal.write(events.OPENED, actor=asker, subject=ticket, data=told)
    return ticket


@transaction.atomic
def ask_for_pause(*, by: Any, until: datetime | None, words: str, now: datetime) -> Ticket:
    """ "Hesabımı askıya al": a ticket whose act pauses the account. Raises OnePauseAtATime."""
    with translation.override(by.locale):
        subject = _("Pause my account")
        words = words or _("Please pause my account.")
    facts = {"wish": Wish.SUSPEND, "wished_until": until, "locale": by.locale}
    try:
        with transaction.atomic():
            return open_ticket(subject=subject, words=words, queue=Queue.ACCOUNT, by=by, now=now, **facts)
    except IntegrityError as error:
        if "person_asks_for_one_pause_at_a_time" not in str(error):
            raise
        raise OnePauseAtATime from error


def free_reference() -> str:
    """With some ten thousand tickets, one in some ten thousand new references is taken already."""
    reference = new_reference()
    while Ticket.objects.filter(reference=reference).exists():
        reference = new_reference()
    return reference


def new_reference() -> str:
    return "DT-" + "".join(secrets.choice(LETTERS) for _ in range(6))


def one_line(words: str) -> str:
    return " ".join(words.split())


def index(ticket: Ticket) -> None:
    """What the search of the desk looks through, as people type it."""
    first = ticket.messages.public().order_by("at", "pk").values_list("text", flat=True).first() or ""
    parts = [ticket.reference, ticket.subject, ticket.asker, ticket.contact, first[:500]]
    if ticket.business_id and ticket.business:
        parts.append(ticket.business.name)
    ticket.haystack = text.fold(" ".join(parts))
    ticket.save(update_fields=["haystack"])


def _confirm(ticket: Ticket, now: datetime) -> None:
    with translation.override(ticket.locale):
        words = _("We have your request. A person answers; this automatic message does not count.")
    receipt = say(ticket, words, sender=Sender.MACHINE, now=now)
    send("support/received", ticket, receipt, by_person=False)
