"""Verbs of the legal room: publish, bring into force, accept, note a notice, list an announcement."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from core import journal, response_cache

from . import differences, events, texts
from .errors import NotAsked, NotInForce
from .models import (
    SHOWN,
    Acceptance,
    Announcement,
    Channel,
    Clause,
    DocumentPage,
    Evidence,
    Kind,
    Mode,
    NoticeRead,
    Version,
)
from .states import MOVES, Status


@transaction.atomic
def publish(*, page: DocumentPage, by: Any = None, now: datetime.datetime) -> Version | None:
    """Make the page's text a version that cannot be changed. None when it says nothing new.

    It begins on the page's day, today at the earliest; scheduled versions that would begin later are
    overtaken by it. Numbers have no gaps, since publications of one document wait for each other.
    """
    _take_turns(page.key, page.locale.language_code)
    before = page.versions.order_by("-number").first()
    written = page.written
    sha256 = texts.fingerprint(page.title, written)
    if not page.key or not written or (before and before.sha256 == sha256) or _is_foreign(page):
        return None
    version = _write(page, written, sha256, number=before.number + 1 if before else 1, now=now)
    _overtake(version, by=by)
    _tell(version, before, page, by=by)
    bring_into_force(today=timezone.localdate(now), document=version.document, locale=version.locale)
    version.refresh_from_db()
    return version


def _take_turns(document: str, locale: str) -> None:
    """One publication of a document at a time, also the very first, when there is no row to lock yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"legal:{document}:{locale}"])


def _is_foreign(page: DocumentPage) -> bool:
    """A copied page still has the key of the page it was copied from."""
    return Version.objects.filter(document=page.key).exclude(translation_key=page.translation_key).exists()


def _write(page: DocumentPage, written: list[texts.Text], sha256: str, *, number: int, now: Any) -> Version:
    locale, today = page.locale.language_code, timezone.localdate(now)
    version = Version.objects.create(
        document=page.key,
        translation_key=page.translation_key,
        locale=locale,
        number=number,
        translated_number=_binding_number(page.key, locale),
        title=page.title,
        summary=page.changes,
        kind=page.kind,
        mode=page.mode,
        effective_from=max(page.effective_from or today, today),
        published_at=now,
        clauses_total=len(written),
        sha256=sha256,
    )
    Clause.objects.bulk_create(
        Clause(
            version=version,
            key=text.key,
            order=place,
            heading=text.heading,
            html=text.html,
            brief=text.brief,
            sha256=text.sha256,
        )
        for place, text in enumerate(written)
    )
    return version


def _binding_number(document: str, locale: str) -> int | None:
    """Which Turkish version a translation says in other words: the latest at this moment."""
    if locale == settings.LANGUAGE_CODE:
        return None
    binding = Version.objects.filter(document=document, locale=settings.LANGUAGE_CODE)
    return binding.order_by("-number").values_list("number", flat=True).first()


def _overtake(version: Version, *, by: Any) -> None:
    waiting = Version.objects.filter(
        document=version.document,
        locale=version.locale,
        status=Status.SCHEDULED,
        number__lt=version.number,
        effective_from__gte=version.effective_from,
    )
    for older in waiting:
        MOVES.move(older, Status.SUPERSEDED, event=events.SUPERSEDED, actor=by)


def _tell(version: Version, before: Version | None, page: DocumentPage, *, by: Any) -> None:
    url = f"{page.url or ''}{version.path}"
    data = {
        "document": version.document,
        "title": version.title,
        "number": version.number,
        "url": url,
        "summary": version.summary,
        "effective_from": version.effective_from.isoformat(),
        "locale": version.locale,
        "mode": version.mode,
    }
    journal.write(events.PUBLISHED, actor=by, subject=version, data=data)
    response_cache.purge(response_cache.FRAME)  # every footer names the documents, any answer may quote them
    for change in _changes(before, version):
        told = {name: data[name] for name in ("document", "number", "locale")}
        told |= {"clause": change.clause.key, "url": f"{url}#{change.clause.key}" if change.new else url}
        told |= {"old": _said(change.old), "new": _said(change.new)}
        journal.write(events.CLAUSE_CHANGED, actor=by, subject=version, data=told)


def _changes(before: Version | None, version: Version) -> list[differences.Difference]:
    """Clauses of the version before that now say something else or are gone."""
    if before is None:
        return []
    found = differences.clauses(before.clauses.all(), version.clauses.all())
    return [change for change in found if change.old and _said(change.old) != _said(change.new)]


def _said(clause: Clause | None) -> str:
    return f"{clause.heading}: {clause.text}" if clause else ""


@transaction.atomic
def bring_into_force(*, today: datetime.date, document: str = "", locale: str = "") -> int:
    """Announced versions whose day has come replace the ones before. Doing it twice changes nothing."""
    due = Version.objects.filter(status=Status.SCHEDULED, effective_from__lte=today)
    if document:
        due = due.filter(document=document, locale=locale)
    begun = 0
    for pair in sorted(set(due.values_list("document", "locale"))):
        begun += _begin(*pair, today=today)
    return begun


def _begin(document: str, locale: str, *, today: datetime.date) -> int:
    """The highest number whose day has come is in force, all below it are replaced."""
    _take_turns(document, locale)
    ours = Version.objects.filter(document=document, locale=locale)
    due = ours.filter(status=Status.SCHEDULED, effective_from__lte=today)
    newest = due.order_by("-number").first()
    if newest is None:
        return 0
    for older in ours.filter(number__lt=newest.number).exclude(status=Status.SUPERSEDED):
        until = {"superseded_on": newest.effective_from} if older.status == Status.EFFECTIVE else {}
        MOVES.move(older, Status.SUPERSEDED, event=events.SUPERSEDED, **until)
    MOVES.move(newest, Status.EFFECTIVE, event=events.EFFECTIVE)
    response_cache.purge(response_cache.FRAME)
    return 1


def accept(
    *,
    user: Any,
    version: Version,
    context: str,
    now: datetime.datetime,
    ip: str | None = None,
    locale: str = settings.LANGUAGE_CODE,
    channel: str = Channel.WEB,
) -> Acceptance:
    """Keep that this person accepted this version here. A second press gives the first row back."""
    if version.status != Status.EFFECTIVE:
        raise NotInForce
    if version.mode != Mode.EXPLICIT and version.kind not in (Kind.CONTRACT, Kind.FORM):
        raise NotAsked
    return _note(
        Acceptance,
        events.ACCEPTED,
        user,
        version,
        context,
        {"at": now, "ip": ip, "locale": locale, "channel": channel},
    )


def note_read(
    *,
    user: Any,
    version: Version,
    context: str,
    now: datetime.datetime,
    ip: str | None = None,
    locale: str = settings.LANGUAGE_CODE,
    channel: str = Channel.WEB,
) -> NoticeRead:
    """Keep that this notice was shown here, before or while data was collected. Not a consent."""
    return _note(
        NoticeRead,
        events.NOTICE_READ,
        user,
        version,
        context,
        {"at": now, "ip": ip, "locale": locale, "channel": channel},
    )


@transaction.atomic
def _note(
    kind: type[Evidence], event: str, user: Any, version: Version, context: str, facts: dict[str, Any]
) -> Any:
    row, is_new = kind._default_manager.get_or_create(
        user=user, version=version, context=context, defaults=facts
    )
    if is_new:
        told = {"document": version.document, "number": version.number, "context": context}
        journal.write(event, actor=user, subject=version, data=told)
    return row


def list_announcement(*, data: dict[str, Any]) -> Announcement:
    """An official announcement of the blog appears in the change log. Sent again, it is updated."""
    return _announcement(data, {"summary": data.get("summary", ""), "at": data["at"]})


def strike_announcement(*, data: dict[str, Any]) -> Announcement:
    """It stays listed, struck through, with when and why."""
    return _announcement(data, {"retracted_at": data["at"], "note": data.get("note", "")})


def _announcement(data: dict[str, Any], facts: dict[str, Any]) -> Announcement:
    facts |= {"title": data["title"], "url": data["url"]}
    response_cache.purge(SHOWN)
    return Announcement.objects.update_or_create(
        translation_key=data["translation_key"],
        locale=data["locale"],
        defaults=facts,
        create_defaults={"at": data["at"], **facts},
    )[0]
