"""The help centre in the back office: the readers' desk, and reports on answers, searches and questions."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from core import reports, waiting

from . import desk, desk_views, queries
from .desk_views import may_edit
from .models import QuestionPage, Suggestion
from .states import Status


class ReasonColumn(Column):
    cell_template_name = "faq/back_office/reason_cell.html"

    def get_value(self, instance: QuestionPage) -> list[Any]:
        return instance.open_notes


class EditorsReport(reports.Report):
    """Base of our reports: for those who may write in the help centre."""

    @classmethod
    def may_see(cls, request: HttpRequest) -> bool:
        return may_edit(request)


class ReviewReport(EditorsReport):
    """Answers whose review date has come, the longest overdue first."""

    page_title = _("Answers to review")
    header_icon = "calendar-alt"
    slug, menu_order = "answers", 1200
    index_url_name = "faq_review_report"
    default_ordering = "review_due"
    columns = [
        TitleColumn("title", label=_("question"), url_name="wagtailadmin_pages:edit"),
        Column("locale", label=_("language")),
        Column("responsible", label=_("responsible")),
        DateColumn("review_due", label=_("next review")),
        ReasonColumn("reason", label=_("why")),
    ]

    def get_base_queryset(self) -> QuerySet[QuestionPage]:
        return queries.due_for_review()


class SearchReport(EditorsReport):
    """What is searched most and not found."""

    page_title = _("Searches without result")
    header_icon = "search"
    slug, menu_order = "searches", 1201
    index_url_name = "faq_search_report"
    default_ordering = "-times"
    columns = [
        Column("spelled", label=_("searched for"), accessor=lambda row: row["spelled"]),
        Column("locale", label=_("language"), accessor=lambda row: row["locale"]),
        Column("times", label=_("searches"), accessor=lambda row: row["times"]),
        DateColumn("last", label=_("last"), accessor=lambda row: row["last"]),
    ]

    def get_base_queryset(self) -> QuerySet:
        return desk.empty_searches()


class UnhelpfulReport(EditorsReport):
    """Answers that helped least, by the votes on the version readers see now."""

    page_title = _("Answers that did not help")
    header_icon = "help"
    slug, menu_order = "unhelpful", 1202
    index_url_name = "faq_unhelpful_report"
    default_ordering = "-no"
    columns = [
        TitleColumn("title", label=_("question"), url_name="wagtailadmin_pages:edit"),
        Column("locale", label=_("language")),
        Column("no", label=_("did not help")),
        Column("yes", label=_("helped")),
    ]

    def get_base_queryset(self) -> QuerySet[QuestionPage]:
        return desk.unhelpful_answers()


class SuggestionFilter(WagtailFilterSet):
    class Meta:
        model = Suggestion
        fields = ["status", "locale"]


class SuggestionReport(EditorsReport):
    page_title = _("Suggested questions")
    header_icon = "comment"
    slug, menu_order = "suggestions", 1203
    index_url_name = "faq_suggestion_report"
    default_ordering = "-at"
    filterset_class = SuggestionFilter
    columns = [
        Column("reference", label=_("reference")),
        Column("text", label=_("question")),
        Column("get_status_display", label=_("status")),
        Column("locale", label=_("language")),
        Column("question", label=_("answer")),
        DateColumn("at", label=_("asked")),
    ]

    def get_base_queryset(self) -> QuerySet[Suggestion]:
        return Suggestion.objects.select_related("question").order_by("-at")


for _report in (ReviewReport, SearchReport, UnhelpfulReport, SuggestionReport):
    reports.register(_report)


class EditorsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit(request)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        path("desk/", desk_views.show, name="faq_desk"),
        path("desk/search/draft/", desk_views.draft_search, name="faq_desk_draft_search"),
        path("desk/<int:pk>/draft/", desk_views.draft, name="faq_desk_draft"),
        path("desk/<int:pk>/close/", desk_views.close, name="faq_desk_close"),
        path("desk/<int:pk>/triage/", desk_views.triage, name="faq_desk_triage"),
    ]


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    return EditorsMenuItem(_("Readers’ desk"), reverse("faq_desk"), icon_name="comment", order=210)


@waiting.line(order=10)
def waiting_suggestions(request: HttpRequest) -> waiting.Line | None:
    number = Suggestion.objects.filter(status=Status.NEW).count() if may_edit(request) else 0
    text = ngettext("%(number)d question from readers", "%(number)d questions from readers", number)
    return waiting.Line(text % {"number": number}, reverse("faq_desk")) if number else None
