"""Mail: rendered at once in the reader's language, sent by the worker through the journal.

`send` only writes rows, so a mail belongs to the transaction that caused it and a mail server that
is down costs delay. Templates: `templates/emails/<name>.{subject.txt,txt,html}`.
Mails that libraries send come here through `core.outbox`.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import Truncator

from . import journal
from .models import Mail

QUEUED = "core.mail_queued"
FOREIGN = "library"  # in place of a template: the mail was written by a library
LONGEST_SUBJECT = 200


@transaction.atomic
def send(
    template: str,
    *,
    to: str,
    context: dict[str, Any],
    locale: str,
    expires_at: datetime | None = None,
    forget: bool = False,
) -> Mail:
    """Queue one mail to one address. After `expires_at` it is pointless (a code) and is dropped.

    With `forget` the address is erased together with the text: its owner has just left.
    """
    with translation.override(locale):
        context = {"base_url": settings.BASE_URL, "locale": locale, **context}
        parts = {part: _render(template, part, context) for part in ("subject.txt", "txt", "html")}
    content = {
        "text": parts["txt"],
        "html": parts["html"],
        "expires_at": expires_at,
        "forgets_address": forget,
    }
    return _queue(template, to, parts["subject.txt"], **content)


@transaction.atomic
def keep(message: EmailMessage) -> list[Mail]:
    """Queue what a library has written, one mail to each address. The sender is always us."""
    if message.attachments:
        raise ValueError("The outbox carries no attachments.")
    html = [str(one.content) for one in getattr(message, "alternatives", []) if one.mimetype == "text/html"]
    return [
        _queue(FOREIGN, parseaddr(to)[1], str(message.subject), text=message.body, html="".join(html))
        for to in message.recipients()
    ]


def _queue(template: str, to: str, subject: str, **content: Any) -> Mail:
    subject = " ".join(subject.split())  # a line break would start a new header
    mail = Mail.objects.create(
        to=to,
        template=template,
        message_id=make_msgid(domain="diji.vet"),
        subject=Truncator(subject).chars(LONGEST_SUBJECT),
        **content,
    )
    journal.write(QUEUED, subject=mail, data={"template": template})
    return mail


def deliver(mail: Mail, *, now: datetime) -> None:
    """Hand the mail to the server and forget its text. Raises what the server raises."""
    if mail.sent_at:
        return
    if mail.expires_at is None or now < mail.expires_at:
        _message(mail).send()
        mail.sent_at = now
    mail.text = mail.html = ""
    if mail.forgets_address:
        mail.to = ""
    mail.save(update_fields=["sent_at", "text", "html", "to"])


def _render(template: str, part: str, context: dict[str, Any]) -> str:
    return render_to_string(f"emails/{template}.{part}", context).strip()


def _message(mail: Mail) -> EmailMultiAlternatives:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    server = get_connection(settings.EMAIL_DELIVERY_BACKEND)
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[mail.to], headers=headers, connection=server
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message
