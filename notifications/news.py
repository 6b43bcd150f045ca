"""Official announcements told to everyone they concern.

The blog's rows are the fact: each batch reads them anew, so a language that comes later, a retraction
in between and a person who opened her account again are all met by telling once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import translation

from blog.models import Announcement
from core import journal
from legal.models import Mode, Version

from . import audiences, events, notices, services
from .models import Notice

BATCH = 500
LASTS = timedelta(days=30)  # for so long an announcement is news to somebody who was away


@dataclass(frozen=True)
class Story:
    """One announcement in all its languages."""

    kind: str
    key: str
    data: dict[str, Any]
    url: dict[str, str]
    audiences: list[str]
    at: datetime
    reason: dict[str, str]

    def concerned(self) -> QuerySet:
        return audiences.people(self.audiences).filter(date_joined__lte=self.at)

    def untold(self) -> QuerySet:
        told = Notice.objects.filter(kind=self.kind, key=self.key, recipient=OuterRef("pk"))
        return self.concerned().exclude(Exists(told))


def story(key: Any) -> Story | None:
    """What is known about the announcement with this translation key; None when there is none."""
    told = Announcement.objects.filter(post__translation_key=key).order_by("at", "pk")
    rows = {row.post.locale.language_code: row for row in told.select_related("post__locale")}
    return _story(rows) if rows else None


def recent(now: datetime) -> list[Story]:
    keys = Announcement.objects.filter(at__gt=now - LASTS).values_list("post__translation_key", flat=True)
    return [found for key in sorted(set(keys)) if (found := story(key))]


def start(key: Any) -> None:
    """Tell it in batches, each in a transaction of its own: the line of one writes that of the next."""
    journal.write(events.TELLING, data={"announcement": str(key), "after": 0})


@transaction.atomic
def tell_batch(*, key: Any, after: int, now: datetime) -> int:
    """Tell the next people and ask for the batch after them. Returns how many were told."""
    found = story(key)
    if found is None or found.reason:
        return 0
    services.reword(kind=found.kind, key=found.key, data=found.data, url=found.url)
    people = list(found.untold().filter(pk__gt=after).order_by("pk")[:BATCH])
    services.notify(found.kind, to=people, key=found.key, data=found.data, url=found.url, now=now)
    if len(people) == BATCH:
        journal.write(events.TELLING, data={"announcement": str(key), "after": people[-1].pk})
    return len(people)


def retract(*, key: Any, now: datetime) -> int:
    found = story(key)
    if found is None or not found.reason:
        return 0
    return services.retract(kind=found.kind, key=found.key, reason=found.reason, now=now)


def tell_missed(*, now: datetime) -> None:
    """What a person who came back, or a language that came late, has missed."""
    for found in recent(now):
        if found.reason:
            retract(key=found.key, now=now)
        elif found.untold().exists():
            start(found.key)


def _story(rows: dict[str, Announcement]) -> Story:
    first = next(iter(rows.values()))
    version = _version(first.origin)
    return Story(
        kind=notices.LEGAL_CHANGE if version else notices.ANNOUNCEMENT,
        key=str(first.post.translation_key),
        data={
            "title": {language: row.post.title for language, row in rows.items()},
            "summary": {language: row.post.summary for language, row in rows.items()},
        },
        url=_accept_urls(rows) if version and version.mode == Mode.EXPLICIT else _post_urls(rows),
        audiences=first.post.audiences,
        at=first.at,
        reason={language: row.note for language, row in rows.items() if row.note},
    )


def _version(origin: str) -> Version | None:
    """The legal version that announced itself; a first version changes nothing for anybody."""
    if not origin.startswith("legal/"):
        return None
    _room, document, number = origin.split("/")
    if number == "1":
        return None
    return Version.objects.filter(document=document, number=number).order_by("-locale").first()


def _post_urls(rows: dict[str, Announcement]) -> dict[str, str]:
    return {language: row.post.url or "" for language, row in rows.items()}


def _accept_urls(languages: Iterable[str]) -> dict[str, str]:
    urls = {}
    for language in languages:
        with translation.override(language):
            urls[language] = reverse("legal:accept")
    return urls
