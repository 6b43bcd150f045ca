"""Letters for tests, as mail programs write them."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

from django.utils import timezone

from support import addresses, mailbox
from support.models import Letter, Ticket
from support.services import incoming


def letter(ticket: Ticket | None = None, words: str = "Oldu, teşekkürler", **headers: Any) -> EmailMessage:
    made = EmailMessage()
    made["From"] = headers.pop("From", ticket.contact if ticket else "kim@ornek.test")
    made["To"] = headers.pop("To", addresses.reply_to(ticket) if ticket else "destek@diji.vet")
    made["Subject"] = headers.pop("Subject", "Re: [DT] Talebin")
    made["Message-ID"] = headers.pop("Message_ID", make_msgid(domain="ornek.test"))
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(words)
    return made


def take(made: EmailMessage | bytes, **more: Any) -> Letter | None:
    content = made if isinstance(made, bytes) else made.as_bytes()
    return incoming.take(raw=mailbox.Raw("1", content, **more), now=timezone.now())
