"""One message on a ticket, with its files and its mail. The verbs around it decide what it means."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from core import mail
from core.mail import Thread
from core.uploads import Accepted

from .. import addresses
from ..models import Attachment, Message, Sender, Ticket

MOST_REFERENCES = 10


def say(
    ticket: Ticket,
    text: str,
    *,
    sender: Sender,
    now: datetime,
    by: Any = None,
    files: Iterable[Accepted] = (),
    **more: Any,
) -> Message:
    message = Message.objects.create(ticket=ticket, sender=sender, author=by, text=text, at=now, **more)
    for file in files:
        row = Attachment(
            message=message, name=file.name, content_type=file.content_type, size=len(file.content)
        )
        row.file.save(str(file.file.name), file.file, save=False)
        row.save()
    return message


def send(template: str, ticket: Ticket, message: Message, *, by_person: bool, **context: Any) -> None:
    """Mail it to who asked, in the thread of the ticket. Who has left gets nothing."""
    if not ticket.contact:
        return
    known = _known_ids(ticket)
    thread = Thread(reply_to=addresses.reply_to(ticket), references=known, by_person=by_person)
    facts = {
        "ticket": ticket,
        "message": message,
        "page_url": settings.BASE_URL + page_url(ticket),
        "rating_url": settings.BASE_URL + addresses.rating_url(ticket),
        **context,
    }
    sent = mail.send(template, to=ticket.contact, context=facts, locale=ticket.locale, thread=thread)
    message.mail_id = sent.message_id
    message.save(update_fields=["mail_id"])


def page_url(ticket: Ticket) -> str:
    """Where the asker reads it: guests by a signed link, members in the panel they wrote from."""
    if ticket.is_guest:
        return addresses.guest_url(ticket)
    if ticket.business_id and ticket.business:
        return reverse("support:business_ticket", args=[ticket.business.slug, ticket.reference])
    return reverse("support:ticket", args=[ticket.reference])


def _known_ids(ticket: Ticket) -> list[str]:
    rows = ticket.messages.public().exclude(mail_id="").order_by("-at", "-pk")
    return list(reversed(rows.values_list("mail_id", flat=True)[:MOST_REFERENCES]))
