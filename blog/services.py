"""The verbs: tell an official post once, retract it in every language, tell of a new legal version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from core import journal, response_cache
from core.response_cache import pages

from . import events, legal_news, locks, queries
from .errors import AlreadyRetracted, NoBlog, NotAnnounced
from .models import SHOWN, Announcement, PostPage


@transaction.atomic
def announce(*, post: PostPage, by: Any = None, now: datetime, origin: str = "") -> Announcement:
    """Tell an official post. A second time changes nothing, whoever calls first.

    A translation that appears after the retraction is retracted from the start and told to nobody.
    """
    siblings = locks.announcements(post.translation_key)
    retracted = next((row for row in siblings if row.retracted_at), None)
    values = {"at": now, "origin": origin or next((row.origin for row in siblings), "")}
    if retracted:
        values |= {"retracted_at": now, "retracted_by": retracted.retracted_by, "note": retracted.note}
    announcement, is_new = Announcement.objects.get_or_create(post=post, defaults=values)
    if is_new and not retracted:
        journal.write(events.ANNOUNCED, actor=by, subject=post, data=_told(post, now))
    return announcement


def announce_untold(*, now: datetime) -> int:
    """Tell what a crash between publication and telling has left. Twice changes nothing."""
    posts = list(queries.untold(now))
    for post in posts:
        announce(post=post, now=now)
        response_cache.purge(SHOWN, *pages.touched(post))
    return len(posts)


@transaction.atomic
def retract(*, post: PostPage, notes: dict[str, str], by: Any, now: datetime) -> list[Announcement]:
    """Take an announcement back, with a public reason by language. Raises NotAnnounced, AlreadyRetracted."""
    rows = locks.announcements(post.translation_key)
    mine = next((row for row in rows if row.post_id == post.pk), None)
    if mine is None:
        raise NotAnnounced
    if mine.retracted_at:
        raise AlreadyRetracted
    for row in rows:
        row.note = notes[row.post.locale.language_code]
        row.retracted_at, row.retracted_by = now, by
        row.save(update_fields=["note", "retracted_at", "retracted_by"])
        data = {**_told(row.post, now), "note": row.note}
        del data["summary"]
        journal.write(events.RETRACTED, actor=by, subject=row.post, data=data)
    response_cache.purge(SHOWN, *pages.touched(post))
    return rows


@transaction.atomic
def announce_version(*, data: dict[str, Any], by: Any = None, now: datetime) -> PostPage:
    """A new version of a legal document becomes an official post by itself, once for each language."""
    language = legal_news.language(data)
    key = legal_news.key(data)
    known = PostPage.objects.filter(translation_key=key, locale__language_code=language).first()
    if known:
        return known
    index = queries.blog(language)
    if index is None:
        raise NoBlog(language)
    post = legal_news.post(data, index)
    post.translation_key, post.owner = key, by
    index.add_child(instance=post)
    announce(post=post, by=by, now=now, origin=legal_news.origin(data))
    post.save_revision(user=by).publish(user=by)
    return post


def _told(post: PostPage, now: datetime) -> dict[str, Any]:
    return {
        "title": post.title,
        "summary": post.summary,
        "url": post.full_url,
        "locale": post.locale.language_code,
        "translation_key": str(post.translation_key),
        "at": now.isoformat(),
    }
