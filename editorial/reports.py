"""Reports for editors: what waits, what is due by itself, what is untranslated, what went out in doubt."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.models import Locale, Page, Revision, WorkflowState

from core.reports import Report

from . import queries, workflow
from .models import PublishedDespite
from .queries import PROBLEMS


class EditorialReport(Report):
    """For whoever holds a right on some page; a right on one section shows the titles of all."""

    @classmethod
    def may_see(cls, request: HttpRequest) -> bool:
        return user_has_any_page_permission(request.user)


def _edit_address(page_id: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


# --- Waiting ----------------------------------------------------------------------------------


class StuckColumn(Column):
    cell_template_name = "editorial/back_office/stuck_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"may_name": workflow.can_name_stand_ins(parent_context["request"].user)}


class WaitingFilter(WagtailFilterSet):
    class Meta:
        model = WorkflowState
        fields = ["workflow"]


class WaitingReport(EditorialReport):
    page_title = _("Waiting in a workflow")
    header_icon = "clock"
    slug, menu_order = "editorial-waiting", 1205
    index_url_name = "editorial_waiting_report"
    filterset_class = WaitingFilter
    columns = [
        TitleColumn("page", label=_("page"), get_url=lambda row: _edit_address(row.page.pk)),
        Column("workflow", label=_("workflow"), accessor="state.workflow"),
        Column("task", label=_("step"), accessor="state.current_task_state.task"),
        Column("age", label=_("waits for"), accessor=lambda row: _age(row.state)),
        Column("by", label=_("submitted by"), accessor="state.requested_by"),
        StuckColumn("names", label=_("who can act")),
    ]

    def get_base_queryset(self) -> QuerySet[WorkflowState]:
        return queries.in_progress()

    def get_table(self, object_list: Any) -> Any:
        """Worked out for the rows of this page only."""
        return super().get_table(workflow.waiting(object_list))


def _age(state: WorkflowState) -> str:
    return timesince(state.current_task_state.started_at)


# --- Scheduled --------------------------------------------------------------------------------


class ScheduledReport(EditorialReport):
    page_title = _("Scheduled publications")
    header_icon = "calendar"
    slug, menu_order = "editorial-scheduled", 1210
    index_url_name = "editorial_scheduled_report"
    columns = [
        TitleColumn("object_str", label=_("page"), get_url=lambda row: _edit_address(row.object_id)),
        DateColumn("approved_go_live_at", label=_("goes live")),
        Column("user", label=_("last changed by")),
    ]

    def get_base_queryset(self) -> QuerySet[Revision]:
        return queries.scheduled()


class ExpiringReport(EditorialReport):
    page_title = _("Pages that go offline")
    header_icon = "calendar"
    slug, menu_order = "editorial-expiring", 1215
    index_url_name = "editorial_expiring_report"
    columns = [
        TitleColumn("title", label=_("page"), url_name="wagtailadmin_pages:edit"),
        DateColumn("expire_at", label=_("goes offline")),
    ]

    def get_base_queryset(self) -> QuerySet[Page]:
        return queries.expiring()


# --- Translations -----------------------------------------------------------------------------


class TranslationFilter(WagtailFilterSet):
    into = django_filters.ModelChoiceFilter(
        queryset=lambda request: queries.target_locales(),
        label=_("into"),
        method="leave",
        empty_label=None,
    )
    problem = django_filters.ChoiceFilter(choices=PROBLEMS, label=_("problem"))

    def leave(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        """The language is chosen before the query is made (`TranslationReport.get_base_queryset`)."""
        return queryset

    class Meta:
        model = Page
        fields: list[str] = []


class TranslationReport(EditorialReport):
    page_title = _("Missing and outdated translations")
    header_icon = "wagtail-localize-language"
    slug, menu_order = "editorial-translations", 1220
    index_url_name = "editorial_translation_report"
    filterset_class = TranslationFilter
    columns = [
        TitleColumn("title", label=_("page"), get_url=lambda row: _edit_address(row.target_id or row.pk)),
        Column("problem", label=_("problem"), accessor=lambda row: dict(PROBLEMS)[row.problem]),
        Column("locale", label=_("language")),
        DateColumn("last_published_at", label=_("published")),
        DateColumn("translated_at", label=_("translation published")),
    ]

    def get_base_queryset(self) -> QuerySet[Page]:
        locale = self._locale()
        return queries.translation_problems(locale) if locale else Page.objects.none()

    def _locale(self) -> Locale | None:
        chosen = self.request.GET.get("into", "")
        locales = queries.target_locales()
        asked = locales.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 9 else None
        return asked or locales.first()


# --- In doubt ---------------------------------------------------------------------------------


class DespiteReport(EditorialReport):
    page_title = _("Published in doubt")
    header_icon = "warning"
    slug, menu_order = "editorial-despite", 1225
    index_url_name = "editorial_despite_report"
    columns = [
        TitleColumn("page", label=_("page"), get_url=lambda row: _edit_address(row.page_id)),
        Column("codes", label=_("proofs"), accessor=lambda row: ", ".join(row.codes)),
        Column("reason", label=_("reason"), accessor=lambda row: _reason(row)),
        Column("by", label=_("who")),
        DateColumn("published_at", label=_("published")),
    ]

    def get_base_queryset(self) -> QuerySet[PublishedDespite]:
        return queries.published_despite()


def _reason(row: PublishedDespite) -> str:
    if not row.was_asked:
        return _now("Went out without a person")
    return row.reason or _now("Waits for a reason")


ALL = (WaitingReport, ScheduledReport, ExpiringReport, TranslationReport, DespiteReport)
