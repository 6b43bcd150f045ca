"""E-mail: planned with the notice, rendered when it leaves, sent by core.mail."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core import mail
from core.models import Mail

from .. import kinds
from ..categories import Category, Channel, Mode
from ..kinds import Kind
from ..models import Delivery, Habits, Notice
from ..states import Status
from .base import Way

NOTICE, DIGEST = "notice", "digest"
TEMPLATES = {NOTICE, DIGEST}


class Email(Way):
    code = Channel.EMAIL

    def plan(self, notice: Notice, *, kind: Kind, mode: str, habits: Habits, now: datetime) -> Delivery:
        row = Delivery(notice=notice, channel=self.code, status=Status.HELD, at=now)
        if mode == Mode.DIGEST:
            row.is_digest = True
            return row
        row.due_at = now if kind.urgent else habits.earliest(now)
        row.status = Status.QUEUED if row.due_at <= now else Status.HELD
        return row


def is_essential(notice: Notice) -> bool:
    """About the safety of the account, so it is tried even where nobody seems to be."""
    kind = kinds.get(notice.kind)
    return bool(kind and kind.category == Category.SECURITY and kind.urgent)


def preview(kind: str, data: dict[str, Any], *, reader: Any, language: str, now: datetime) -> dict[str, str]:
    """The mail of a notice that nobody has got yet: `subject.txt`, `txt` and `html`."""
    reader = copy.copy(reader)
    reader.locale = language
    notice = Notice(recipient=reader, kind=kind, data=data, at=now)
    context = {"item": _item(notice)} | _about(reader)
    return mail.render(NOTICE, context=context, locale=language)


def send_notice(notice: Notice) -> Mail:
    extra = _extra(notice)
    actions = [(str(label), settings.BASE_URL + path) for label, path in extra.actions]
    context = {"item": _item(notice), "actions": actions}
    return _send(NOTICE, notice.recipient, context, essential=is_essential(notice), calendar=extra.calendar)


def send_digest(recipient: Any, notices: Sequence[Notice]) -> Mail:
    return _send(DIGEST, recipient, {"items": [_item(notice) for notice in notices]})


def _extra(notice: Notice) -> kinds.Extra:
    kind = kinds.get(notice.kind)
    with translation.override(notice.recipient.locale):
        return kind.in_mail(notice) if kind and kind.in_mail else kinds.Extra()


def _send(template: str, recipient: Any, context: dict[str, Any], **more: Any) -> Mail:
    context |= _about(recipient)
    return mail.send(template, to=recipient.email, context=context, locale=recipient.locale, **more)


def _about(recipient: Any) -> dict[str, Any]:
    with translation.override(recipient.locale):
        choices = settings.BASE_URL + reverse("notifications:preferences")
    return {"recipient": recipient, "choices_url": choices}


def _item(notice: Notice) -> dict[str, Any]:
    """Words and link in her language. The link opens the notice in the panel, which marks it read."""
    language = notice.recipient.locale
    with translation.override(language):
        opened = reverse("notifications:open", args=[notice.public_id])
    words = notice.words(language)
    return {
        "title": words.title,
        "body": words.body,
        "url": settings.BASE_URL + opened,
        "at": notice.at,
    }
