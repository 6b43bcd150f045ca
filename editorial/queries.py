"""Reads for the reports. Each costs the same for one row and for many."""

from __future__ import annotations

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Revision, WorkflowState
from wagtail_localize.models import TranslationSource

from .models import PublishedDespite

MISSING, OUTDATED, ORPHAN = "missing", "outdated", "orphan"
PROBLEMS = [
    (MISSING, _("Not translated")),
    (OUTDATED, _("Older than its source")),
    (ORPHAN, _("Source deleted")),
]


def target_locales() -> QuerySet[Locale]:
    return Locale.objects.exclude(pk=Locale.get_default().pk).order_by("language_code")


def translation_problems(locale: Locale) -> QuerySet[Page]:
    """Published pages whose translation into `locale` is missing or older, and translations without a source.

    A translation is older when its source was published after the translation last took over the source's
    text, or when it took it over and was not published since.
    """
    source = Locale.get_default()
    twins = Page.objects.filter(translation_key=OuterRef("translation_key"))
    translated = twins.filter(locale=locale)
    taken_over = TranslationSource.objects.filter(object_id=OuterRef("translation_key"), locale=source)
    pages = Page.objects.filter(depth__gt=1).annotate(
        translated_at=Subquery(translated.values("last_published_at")[:1]),
        taken_over_at=Subquery(taken_over.values("last_updated_at")[:1]),
        is_translated=Exists(translated.filter(live=True)),
        has_source=Exists(twins.filter(locale=source)),
        target_id=Subquery(translated.values("pk")[:1]),
    )
    is_behind = Q(translated_at__lt=F("last_published_at")) & (
        Q(taken_over_at=None) | Q(translated_at__lt=F("taken_over_at"))
    ) | Q(taken_over_at__lt=F("last_published_at"))
    is_source = Q(locale=source, live=True)
    problem = Case(
        When(Q(locale=locale, has_source=False), then=Value(ORPHAN)),
        When(is_source & Q(is_translated=False), then=Value(MISSING)),
        When(is_source & is_behind, then=Value(OUTDATED)),
        output_field=CharField(),
    )
    found = pages.annotate(problem=problem).exclude(problem=None)
    return found.select_related("locale", "content_type").order_by("path")


def scheduled() -> QuerySet[Revision]:
    """Versions that go live by themselves, the next one first."""
    waiting = Revision.page_revisions.exclude(approved_go_live_at=None).select_related("user")
    return waiting.defer("content").order_by("approved_go_live_at")


def expiring() -> QuerySet[Page]:
    return Page.objects.live().exclude(expire_at=None).order_by("expire_at")


def in_progress() -> QuerySet[WorkflowState]:
    """Workflows that wait for somebody, the longest waiting first."""
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    related = ("workflow", "requested_by", "current_task_state__task__content_type")
    return states.select_related(*related).order_by("current_task_state__started_at")


def published_despite() -> QuerySet[PublishedDespite]:
    return PublishedDespite.objects.select_related("page", "by").order_by("-asked_at")
