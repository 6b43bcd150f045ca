"""Mail: rendered at once in the reader's language, sent by the worker through the journal.

`send` only writes rows, so a mail belongs to the transaction that caused it and a mail server that
is down costs delay. Templates: `templates/emails/<name>.{subject.txt,txt,html}`.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import datetime
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from . import bounces, journal, smtp
from .models import Mail, Outcome

QUEUED = "core.mail_queued"

Listener = Callable[[Mail, datetime], None]
_listeners: list[Listener] = []


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
) -> Mail:
    """Queue one mail to one address. After `expires_at` it is pointless (a code) and is dropped.

    An essential mail is about the safety of the account: it is tried even where nobody seems to be.
    """
    with translation.override(locale):
        context = {"base_url": settings.BASE_URL, "locale": locale, **context}
        parts = {part: _render(template, part, context) for part in ("subject.txt", "txt", "html")}
    mail = Mail.objects.create(
        to=to,
        template=template,
        message_id=make_msgid(domain="diji.vet"),
        subject=" ".join(parts["subject.txt"].split()),  # a line break would start a new header
        text=parts["txt"],
        html=parts["html"],
        expires_at=expires_at,
        essential=essential,
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
    mail.text = mail.html = ""
    mail.save(update_fields=["outcome", "error", "sent_at", "text", "html"])
    for listener in _listeners:
        listener(mail, now)


def _outcome(mail: Mail, now: datetime) -> tuple[Outcome, str]:
    if mail.expires_at and now >= mail.expires_at:
        return Outcome.EXPIRED, ""
    if not bounces.may_try(mail.to, essential=mail.essential, now=now):
        return Outcome.SUPPRESSED, ""
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
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    message.attach_alternative(mail.html, "text/html")
    return message
