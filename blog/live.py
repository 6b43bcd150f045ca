"""Live blocks of the blog."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import live

from . import queries
from .models import PostPage

LATEST = 5


@live.block(
    "blog.announcements", title=_("Latest official announcements"), template="blog/live/announcements.html"
)
def announcements() -> dict[str, Any]:
    """The latest five, with those that were retracted marked as such."""
    latest = queries.announcements(get_language() or "").prefetch_related(None)[:LATEST]
    return {"announcements": [_row(post) for post in latest]}


def _row(post: PostPage) -> dict[str, Any]:
    return {
        "title": post.title,
        "url": post.url,
        "summary": post.summary,
        "announced_on": timezone.localdate(post.announcement.at),
        "retracted": post.retracted,
        "note": post.announcement.note,
    }
