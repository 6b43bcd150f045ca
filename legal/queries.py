"""Reads of the legal room. Each costs the same number of queries for one document and for forty."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from . import differences
from .models import (
    Acceptance,
    Announcement,
    Clause,
    DocumentPage,
    Evidence,
    Kind,
    LegalIndexPage,
    Mode,
    NoticeRead,
    Version,
)
from .states import Status

CHANGES_SHOWN = 30


@dataclass(frozen=True)
class Change:
    """One row of the change log: a version or an official announcement."""

    at: datetime.datetime
    title: str
    summary: str
    url: str
    version: Version | None = None
    announcement: Announcement | None = None


@dataclass(frozen=True)
class Paper:
    """A binding version and where its text stands."""

    version: Version
    url: str


@dataclass(frozen=True)
class Pending:
    """What a person has not answered yet. `accept` holds pairs: the version, and the one accepted last."""

    accept: list[tuple[Version, Version | None]]
    tell: list[Version]


def index(language: str) -> LegalIndexPage | None:
    pages = LegalIndexPage.objects.live().filter(locale__language_code=language)
    return pages.select_related("locale").order_by("path").first()


def documents(index: LegalIndexPage) -> list[DocumentPage]:
    """Live documents with a version to show, in the editor's order."""
    pages = DocumentPage.objects.live().child_of(index).select_related("locale").defer_streamfields()
    return [page for page in attach_history(pages.order_by("path")) if page.history]


def attach_history(pages: Iterable[DocumentPage], *, with_clauses: bool = False) -> list[DocumentPage]:
    """Set `history` of many documents at once."""
    pages = list(pages)
    rows = Version.objects.filter(document__in={page.key for page in pages}).order_by("-number")
    rows = rows.prefetch_related("clauses") if with_clauses else rows
    grouped: dict[tuple[str, str], list[Version]] = defaultdict(list)
    for version in rows:
        grouped[version.document, version.locale].append(version)
    for page in pages:
        page.history = grouped[page.key, page.locale.language_code]
    return pages


def page_of(document: str, language: str) -> DocumentPage | None:
    pages = DocumentPage.objects.live().filter(key=document, locale__language_code=language)
    return pages.select_related("locale").defer_streamfields().first()


def links(language: str) -> list[DocumentPage]:
    """The documents that the footer names."""
    pages = DocumentPage.objects.live().filter(locale__language_code=language)
    return list(pages.select_related("locale").defer_streamfields().order_by("path"))


def changes(index: LegalIndexPage, documents: list[DocumentPage]) -> list[Change]:
    """Versions of these documents and official announcements, the latest first."""
    addresses = {page.key: page.url for page in documents}
    language = index.locale.language_code
    versions = Version.objects.filter(locale=language, document__in=addresses).order_by("-published_at")
    listed = Announcement.objects.filter(locale=language).order_by("-at")
    rows = [
        Change(one.published_at, one.title, one.summary, f"{addresses[one.document]}{one.path}", version=one)
        for one in versions[:CHANGES_SHOWN]
    ] + [Change(one.at, one.title, one.summary, one.url, announcement=one) for one in listed[:CHANGES_SHOWN]]
    return sorted(rows, key=lambda row: row.at, reverse=True)[:CHANGES_SHOWN]


def binding() -> QuerySet[Version]:
    """Only Turkish texts bind (docs/decisions/0010), so only they are accepted."""
    return Version.objects.filter(locale=settings.LANGUAGE_CODE)


def in_force(document: str) -> Version | None:
    """The binding version of a document today."""
    return binding().filter(document=document, status=Status.EFFECTIVE).first()


def papers(versions: Iterable[Version]) -> list[Paper]:
    """With the address of each version's own text; empty while its page is not published."""
    versions = list(versions)
    pages = DocumentPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    found = pages.filter(key__in=[one.document for one in versions]).select_related("locale")
    urls = {page.key: page.url for page in found.defer_streamfields()}
    return [
        Paper(one, f"{urls[one.document]}{one.path}" if urls.get(one.document) else "") for one in versions
    ]


def for_new_people() -> list[Paper]:
    """What an account begins with: the notices to show and the documents to accept."""
    begins = Q(mode=Mode.EXPLICIT) | Q(kind=Kind.NOTICE)
    return papers(binding().filter(begins, status=Status.EFFECTIVE).order_by("document"))


def waiting_for(user: Any) -> list[Version]:
    """Explicit documents in force that this person has not accepted, and news not yet shown. One query.

    A policy is news only when it changes something for those who were here before. A notice is owed to
    everyone, also to people whose account was opened by others.
    """
    asked = Q(mode=Mode.EXPLICIT) & ~_has(Acceptance, user)
    is_later = Q(published_at__gt=user.date_joined) | Q(
        effective_from__gt=timezone.localdate(user.date_joined)
    )
    concerns = Q(kind=Kind.NOTICE) | (Q(number__gt=1) & is_later)
    told = Q(mode=Mode.NOTIFY) & concerns & ~_has(NoticeRead, user)
    return list(binding().filter(asked | told, status=Status.EFFECTIVE).order_by("document"))


def _has(kind: type[Evidence], user: Any) -> Exists:
    return Exists(kind._default_manager.filter(user=user, version=OuterRef("pk")))


def pending_for(user: Any) -> Pending:
    waiting = waiting_for(user)
    ask = [one for one in waiting if one.mode == Mode.EXPLICIT]
    accepted = _last_accepted(user, [one.document for one in ask])
    return Pending(
        [(one, accepted.get(one.document)) for one in ask],
        [one for one in waiting if one.mode == Mode.NOTIFY],
    )


def _last_accepted(user: Any, documents: list[str]) -> dict[str, Version]:
    """By document, the highest version this person has accepted."""
    rows = Acceptance.objects.filter(user=user, version__document__in=documents)
    rows = rows.select_related("version").order_by("version__number")
    return {row.version.document: row.version for row in rows}


def difference(old: Version | None, new: Version) -> list[differences.Difference]:
    """Clause by clause; without an old version everything is new."""
    rows = Clause.objects.filter(version__in=[one for one in (old, new) if one]).order_by("order")
    before = [row for row in rows if old and row.version_id == old.pk]
    return differences.clauses(before, [row for row in rows if row.version_id == new.pk])
