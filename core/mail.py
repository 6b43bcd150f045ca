"""Mail: rendered at once in the reader's language, sent by the worker through the journal.

`send` only writes rows, so a mail belongs to the transaction that caused it and a mail server that
is down costs delay. Templates: `templates/emails/<name>.{subject.txt,txt,html}`.
Mails that libraries send come here through `core.outbox`.
"""

from __future__ import annotations

import mimetypes
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import Truncator

from . import bounces, journal, mail_kinds, smtp, storage
from .models import Mail, Outcome

QUEUED = "core.mail_queued"
FOREIGN = "library"  # in place of a template: the mail was written by a library
LONGEST_SUBJECT = 200

Attached = tuple[str, str]  # a file of the private storage, and what it is called in the mail
Listener = Callable[[Mail, datetime], None]
_listeners: list[Listener] = []


@dataclass(frozen=True)
class Thread:
    """A mail that belongs to a talk: where answers go, and the Message-IDs before it, the oldest first.

    What a person wrote is not marked as automatic.
    """

    reply_to: str = ""
    references: list[str] = field(default_factory=list)
    by_person: bool = False


def on_settled(listener: Listener) -> Listener:
    """Hear what became of each mail, in the transaction that keeps its outcome."""
    _listeners.append(listener)
    return listener


@transaction.atomic
def send(
    template: str,
    *,
    to: str,
    context: dict[str, Any],
    locale: str,
    expires_at: datetime | None = None,
    essential: bool = False,
    forget: bool = False,
    thread: Thread | None = None,
    files: Sequence[Attached] = (),
    calendar: str = "",
) -> Mail:
    """Queue one mail to one address. After `expires_at` it is pointless (a code) and is dropped.

    An essential mail is about the safety of the account: it is tried even where nobody seems to be.
    With `forget` the address is erased together with the text: its owner has just left.
    `calendar` is an invitation (RFC 5546): mail programs put it into the reader's calendar.
    Raises NotAllowed for a commercial mail to somebody who does not want it (see `core.mail_kinds`).
    """
    if not mail_kinds.may_go(template, to):
        raise mail_kinds.NotAllowed(template)
    parts = render(template, context=context, locale=locale)
    content = {
        "text": parts["txt"],
        "html": parts["html"],
        "expires_at": expires_at,
        "essential": essential,
        "forgets_address": forget,
        "files": [list(file) for file in files],
        "calendar": calendar,
        **vars(thread or Thread()),
    }
    return _queue(template, to, parts["subject.txt"], **content)


def render(template: str, *, context: dict[str, Any], locale: str) -> dict[str, str]:
    """`subject.txt`, `txt` and `html` of a mail, as somebody who reads this language gets them."""
    with translation.override(locale):
        kind = mail_kinds.kind_of(template)
        context = {"base_url": settings.BASE_URL, "locale": locale, **context, "mail_kind": kind}
        return {part: _render(template, part, context) for part in ("subject.txt", "txt", "html")}


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
    """Hand the mail over, keep what became of it, forget its text. Raises what may pass by itself."""
    if mail.outcome:
        return
    mail.outcome, error = _outcome(mail, now)
    mail.error = error[:500]
    mail.sent_at = now if mail.outcome == Outcome.SENT else None
    mail.text, mail.html, mail.files, mail.calendar = "", "", [], ""
    if mail.forgets_address:
        mail.to = ""
    mail.save(update_fields=["outcome", "error", "sent_at", "text", "html", "files", "calendar", "to"])
    for listener in _listeners:
        listener(mail, now)


def _outcome(mail: Mail, now: datetime) -> tuple[Outcome, str]:
    if mail.expires_at and now >= mail.expires_at:
        return Outcome.EXPIRED, ""
    if not bounces.may_try(mail.to, essential=mail.essential, now=now):
        return Outcome.SUPPRESSED, ""
    if not mail_kinds.may_go(mail.template, mail.to):  # taken back since it was queued
        return Outcome.SUPPRESSED, "not allowed"
    try:
        _message(mail).send()
    except smtp.NoAnswer as silence:
        return Outcome.UNKNOWN, str(silence)
    except smtplib.SMTPException as error:
        return _refused(mail, error, now)
    if mail.essential:
        bounces.lift(mail.to)
    return Outcome.SENT, ""


def _refused(mail: Mail, error: smtplib.SMTPException, now: datetime) -> tuple[Outcome, str]:
    refusal = smtp.refusal(error)
    if refusal is None:
        raise error
    if refusal.nobody_there:
        bounces.suppress(mail.to, error=refusal.said, now=now)
    return Outcome.REFUSED, refusal.said


def _render(template: str, part: str, context: dict[str, Any]) -> str:
    return render_to_string(f"emails/{template}.{part}", context).strip()


def _message(mail: Mail) -> EmailMultiAlternatives:
    server = get_connection(settings.EMAIL_DELIVERY_BACKEND)
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=_headers(mail),
        connection=server,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        _invite(message, mail.calendar)
    for place, name in mail.files:
        with storage.private().open(place) as file:
            message.attach(name, file.read(), mimetypes.guess_type(name)[0])
    return message


def _invite(message: EmailMultiAlternatives, calendar: str) -> None:
    """As a reading of the mail, which Gmail and Outlook take, and as a file, which all others open."""
    method = "CANCEL" if "METHOD:CANCEL" in calendar else "REQUEST"
    message.attach_alternative(calendar, f"text/calendar; method={method}")
    message.attach("randevu.ics", calendar, "text/calendar")


def _headers(mail: Mail) -> dict[str, str]:
    headers = {"Message-ID": mail.message_id}
    if not mail.by_person:
        headers["Auto-Submitted"] = "auto-generated"
    if mail.references:
        headers |= {"In-Reply-To": mail.references[-1], "References": " ".join(mail.references)}
    return headers
