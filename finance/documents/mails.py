"""The switch "send my documents by e-mail", and the one mail for each document.

A mail waits for the file it carries, so it is queued when the PDF lies there. Documents from before the
switch are not sent.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from core import journal, mail

from .. import events
from ..errors import NoAddress
from ..models import Document, DocumentMailed, DocumentMails

TEMPLATE = "finance/document"


@transaction.atomic
def switch(*, on: bool, user: Any, business: Any = None, now: datetime) -> None:
    """Of her own documents, or of those of `business`. Raises NoAddress for a business without e-mail."""
    owner = _owner(user, business)
    if on and business and not business.email:
        raise NoAddress
    if not on:
        changed = DocumentMails.objects.filter(**owner).delete()[0] > 0
    else:
        given = {"since": now, "locale": user.locale}
        changed = DocumentMails.objects.get_or_create(**owner, defaults=given)[1]
    if changed:
        told = {"on": on, "business": business.pk if business else None}
        journal.write(events.MAILS_SWITCHED, actor=user, subject=business or user, data=told)


def is_on(*, user: Any, business: Any = None) -> bool:
    return DocumentMails.objects.filter(**_owner(user, business)).exists()


@transaction.atomic
def send(*, document: Document, now: datetime) -> int:
    """To whoever has the switch on. Safe to repeat; returns how many mails were queued now."""
    owners = DocumentMails.objects.filter(since__lte=document.issued_at).select_related("user", "business")
    wanted = [*owners.filter(user=document.user_id), *owners.filter(business=document.in_books_of)]
    return sum(_send(document, wish, now) for wish in wanted)


def _send(document: Document, wish: DocumentMails, now: datetime) -> bool:
    to = wish.user.email if wish.user else wish.business.email if wish.business else ""
    owner = {"user": wish.user, "business": wish.business}
    if not to or not _is_first(document, owner, now):
        return False
    with translation.override(wish.user.locale if wish.user else wish.locale):
        context = {"document": document, "url": page_of(document, wish.business)}
        mail.send(
            TEMPLATE,
            to=to,
            context=context,
            locale=translation.get_language() or "",
            files=[(str(document.file.name), document.file_name)],
        )
    return True


def _is_first(document: Document, owner: dict[str, Any], now: datetime) -> bool:
    return DocumentMailed.objects.get_or_create(document=document, **owner, defaults={"at": now})[1]


def page_of(document: Document, business: Any = None) -> str:
    """The list on the day of this document, in the language in force."""
    where = reverse("business_documents", args=[business.slug]) if business else reverse("my_documents")
    day = document.issued_on.isoformat()
    return f"{where}?donem=aralik&baslangic={day}&bitis={day}"


def _owner(user: Any, business: Any) -> dict[str, Any]:
    return {"user": None if business else user, "business": business}
