"""The legal section of the demo: ten documents in both languages; the refund terms with a coming version."""

from __future__ import annotations

import datetime
import json
import uuid
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from accounts.models import User
from home.models import HomePage
from legal import queries, services
from legal.models import Channel, DocumentPage, LegalIndexPage, Mode, Version

from . import pages, translations
from .documents import DOCUMENTS, INDEX, SAMPLE, Document, Row

NOTICE_DAYS = 30


def is_loaded() -> bool:
    return LegalIndexPage.objects.exists() or Version.objects.exists()


def load(by: User) -> None:
    """Below the Turkish home page; nothing while there is none. A text of later is added to what is there."""
    home = HomePage.objects.filter(locale=Locale.get_default()).first()
    if home is None:
        return
    if is_loaded():
        _add_later_ones(by)
        return
    index = pages.publish(home, LegalIndexPage(**INDEX["tr"], locale=home.locale), by)
    _translate(index, INDEX["en"], by)
    for document in DOCUMENTS:
        _publish(index, document, by)
    for person in User.objects.all():
        _record_what_sign_up_asks(person)


def _add_later_ones(by: User) -> None:
    index = LegalIndexPage.objects.filter(locale=Locale.get_default()).first()
    missing = [one for one in DOCUMENTS if not Version.objects.filter(document=one.key).exists()]
    for document in missing if index else ():
        _publish(index, document, by)


def _publish(index: Page, document: Document, by: User) -> None:
    page = pages.publish(index, _page(document), by)
    _translate(page, _fields(document, 1), by)
    if document.next_rows:
        _announce(page, document, by)


def _record_what_sign_up_asks(person: User) -> None:
    """As if they had signed up: the demo opens on their panels, not on a contract."""
    for paper in queries.for_new_people():
        verb = services.accept if paper.version.mode == Mode.EXPLICIT else services.note_read
        verb(
            user=person,
            version=paper.version,
            context="demo",
            now=timezone.now(),
            channel=Channel.STAFF,
        )


def _page(document: Document) -> DocumentPage:
    about = {"key": document.key, "kind": document.kind, "mode": document.mode}
    return DocumentPage(**_fields(document, 0), **about)


def _announce(page: DocumentPage, document: Document, by: User) -> None:
    """The second version, published now and in force after the notice period."""
    page = DocumentPage.objects.get(pk=page.pk)
    for name, value in _next(document, 0).items():
        setattr(page, name, value)
    page.effective_from = timezone.localdate() + datetime.timedelta(days=NOTICE_DAYS)
    page.save_revision(user=by).publish(user=by)
    _translate(page, _fields(document, 1) | _next(document, 1), by)


def _translate(page: Page, fields: dict[str, Any], by: User) -> None:
    locale, _ = Locale.objects.get_or_create(language_code="en")
    translations.translate(page, fields, locale, by)


def _fields(document: Document, language: int) -> dict[str, Any]:
    paper = (document.tr, document.en)[language]
    body: list[tuple[str, Any]] = [("notice", {"tone": "warn", "text": f"<p>{SAMPLE[language]}</p>"})]
    if document.live:
        body.append(("live", document.live))
    return {
        "title": paper.title,
        "slug": paper.slug,
        "summary": paper.summary,
        "body": pages.stream(f"legal/{document.key}", body),
        "clauses": _clauses(document.key, paper.rows),
    }


def _next(document: Document, language: int) -> dict[str, Any]:
    """What differs in the second version."""
    paper = (document.tr, document.en)[language]
    rows = [
        document.next_rows[place][language] if place in document.next_rows else row
        for place, row in enumerate(paper.rows)
    ]
    return {"clauses": _clauses(document.key, rows), "changes": document.changes[language]}


def _clauses(key: str, rows: list[Row]) -> str:
    return json.dumps([_clause(key, place, *row) for place, row in enumerate(rows, start=1)])


def _clause(key: str, place: int, heading: str, text: str, brief: str) -> dict[str, Any]:
    name = f"{key}-{place}"
    value = {"key": name, "heading": heading, "text": f"<p>{text}</p>", "brief": brief}
    return {"type": "clause", "id": str(uuid.uuid5(pages.NAMESPACE, f"legal/{name}")), "value": value}
