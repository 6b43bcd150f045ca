"""Atom feeds with the full text. An entry keeps its id for ever; a retraction is an update of it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from . import queries
from .models import PostPage

LATEST = 30
NAMESPACE = uuid.UUID("c1f1a6e0-58a4-4d0f-9a43-5a8a0f2f6a77")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # the age of an empty feed, so that it does not change by itself
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOCAL_ADDRESS = re.compile(r'(\b(?:href|src)=")(/(?!/)|#)')


@dataclass(frozen=True)
class Feed:
    """What a feed is about; `address` is its own, `page` the one for people."""

    title: str
    address: str
    page: str
    language: str
    posts: QuerySet[PostPage]


class FullAtom(Atom1Feed):
    """Django's Atom with the whole text in each entry."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=EPOCH)


def build(feed: Feed) -> FullAtom:
    atom = FullAtom(
        title=_clean(feed.title),
        link=settings.BASE_URL + feed.page,
        description="",
        language=feed.language,
        author_name="Diji.vet",
        feed_url=settings.BASE_URL + feed.address,
        feed_guid=uuid.uuid5(NAMESPACE, feed.address).urn,
    )
    for post in queries.attach_tags(feed.posts.defer(None)[:LATEST]):
        atom.add_item(**_entry(post))
    return atom


def entry_id(post: PostPage) -> str:
    """Stable over changes of title, address and host; another one for each language."""
    return uuid.uuid5(post.translation_key, post.locale.language_code).urn


def _entry(post: PostPage) -> dict[str, Any]:
    title = _("(Retracted) %(title)s") % {"title": post.title} if post.retracted else post.title
    return {
        "title": _clean(title),
        "link": post.full_url,
        "description": _clean(escape(post.summary)),
        "content": _clean(_content(post)),
        "author_name": _clean(post.author.name) if post.author else None,
        "pubdate": post.first_published_at,
        "updateddate": post.changed_at,
        "unique_id": entry_id(post),
        "categories": [_clean(tag.label) for tag in post.shown_tags],
    }


def _content(post: PostPage) -> str:
    """HTML that stands alone in a reader: addresses are whole, nothing needs our style."""
    html = render_to_string("blog/feed/entry.html", {"post": post})
    return LOCAL_ADDRESS.sub(lambda found: _whole(found, post), html).strip()


def _whole(found: re.Match[str], post: PostPage) -> str:
    start = settings.BASE_URL + "/" if found[2] == "/" else f"{post.full_url}#"
    return found[1] + start


def _clean(words: str) -> str:
    """Without the characters that XML cannot hold even when escaped."""
    return NOT_XML.sub("", str(words))
