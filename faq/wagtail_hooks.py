"""The help centre in the back office: the readers' desk, and reports on answers, searches and questions."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from . import desk, desk_views, queries
from .desk_views import may_edit
from .models import QuestionPage, Suggestion


class ReasonColumn(Column):
    cell_template_name = "faq/back_office/reason_cell.html"

    def get_value(self, instance: QuestionPage) -> list[Any]:
        return instance.open_notes


class EditorsReport(ReportView):
    """Base of our reports: for those who may write in the help centre."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_edit(request):
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)


class ReviewReport(EditorsReport):
    """Answers whose review date has come, the longest overdue first."""

    page_title = _("Answers to review")
    header_icon = "calendar-alt"
    index_url_name = "faq_review_report"
    index_results_url_name = "faq_review_report_results"
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
    index_url_name = "faq_search_report"
    index_results_url_name = "faq_search_report_results"
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
    index_url_name = "faq_unhelpful_report"
    index_results_url_name = "faq_unhelpful_report_results"
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
    index_url_name = "faq_suggestion_report"
    index_results_url_name = "faq_suggestion_report_results"
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


REPORTS: list[tuple[type[EditorsReport], str]] = [
    (ReviewReport, "answers"),
    (SearchReport, "searches"),
    (UnhelpfulReport, "unhelpful"),
    (SuggestionReport, "suggestions"),
]


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
        *(entry for report, name in REPORTS for entry in _report_urls(report, name)),
    ]


def _report_urls(report: type[EditorsReport], name: str) -> list:
    return [
        path(f"reports/{name}/", report.as_view(), name=report.index_url_name),
        path(
            f"reports/{name}/results/", report.as_view(results_only=True), name=report.index_results_url_name
        ),
    ]


@hooks.register("register_admin_menu_item")
def desk_menu_item() -> MenuItem:
    return EditorsMenuItem(_("Readers’ desk"), reverse("faq_desk"), icon_name="comment", order=210)


@hooks.register("construct_reports_menu")
def report_menu_items(request: HttpRequest, items: list[MenuItem]) -> None:
    for place, (report, _name) in enumerate(REPORTS):
        address = reverse(report.index_url_name)
        if may_edit(request):
            items.append(
                MenuItem(report.page_title, address, icon_name=report.header_icon, order=1200 + place)
            )
