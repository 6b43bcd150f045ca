"""Reactions: a published official post is told, a new legal version becomes a post."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from core import journal, response_cache
from core.models import Line

from . import events, legal_news, services
from .models import SHOWN, PostPage

UNTOLD = "publish"


@receiver(page_published, sender=PostPage)
def tell_official_post(instance: PostPage, revision: Any = None, **_: Any) -> None:
    """Behind a restriction it is not for everyone: it is told once it is (see `services.announce_untold`)."""
    if instance.official and not instance.get_view_restrictions().exists():
        services.announce(post=instance, by=getattr(revision, "user", None), now=timezone.now())


@receiver([page_published, page_unpublished], sender=PostPage)
def purge_posts(**_: Any) -> None:
    response_cache.purge(SHOWN)


@journal.on(events.VERSION_PUBLISHED)
def tell_legal_version(line: Line) -> None:
    """Not a first version, and not of a document whose versions are published without telling anybody."""
    if line.data["mode"] != UNTOLD and legal_news.is_change(line.data):
        services.announce_version(data=line.data, by=line.actor, now=timezone.now())
