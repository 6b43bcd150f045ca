"""Changes of pages of every kind become journal lines; lines become messages to webhooks."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from core import journal
from core.models import Line

from . import events, store_events, webhooks  # noqa: F401  (store_events registers itself)


@receiver(page_published)
def note_publication(instance: Page, revision: Any = None, **_: Any) -> None:
    _write(events.PUBLISHED, instance, actor=getattr(revision, "user", None))


@receiver(page_unpublished)
def note_withdrawal(instance: Page, **_: Any) -> None:
    _write(events.UNPUBLISHED, instance)


@receiver(post_page_move)
def note_move(instance: Page, url_path_before: str, url_path_after: str, **_: Any) -> None:
    """Pages below have moved with it. Sorting siblings is no move: addresses stay."""
    if instance.live and url_path_before != url_path_after:
        _write(events.MOVED, instance)


@receiver(pre_delete, sender=Page)
def note_deletion(instance: Page, **_: Any) -> None:
    """A draft that was never published leaves nothing behind for others to delete."""
    if instance.first_published_at:
        _write(events.DELETED, instance)


@receiver(post_save, sender=PageViewRestriction)
def note_restriction(instance: PageViewRestriction, created: bool, **_: Any) -> None:
    """For everyone else the page, and all below it, is gone."""
    if created:
        _write(events.UNPUBLISHED, instance.page, even_if_restricted=True)


@journal.on(*events.CONTENT)
def tell_webhooks(line: Line) -> None:
    webhooks.fan_out(line)


@journal.on(events.DELIVERY_DUE)
def deliver(line: Line) -> None:
    webhooks.attempt(line.subject_id, now=timezone.now())


def _write(name: str, page: Page, actor: Any = None, even_if_restricted: bool = False) -> None:
    """Pages behind a restriction are nobody else's business. With the change or not at all."""
    if not even_if_restricted and _is_restricted(page):
        return
    with transaction.atomic(savepoint=False):
        journal.write(name, actor=actor, subject=page, data=_data(page))


def _is_restricted(page: Page) -> bool:
    """Itself or by a page above it, in one query where Wagtail takes two."""
    above = [page.path[:length] for length in range(page.steplen, len(page.path) + 1, page.steplen)]
    return PageViewRestriction.objects.filter(page__path__in=above).exists()


def _data(page: Page) -> dict[str, Any]:
    return {
        "page": page.pk,
        "type": page.cached_content_type.model_class()._meta.label,
        "locale": page.locale.language_code,
        "url": page.full_url or "",
        "at": timezone.now().isoformat(),
    }
