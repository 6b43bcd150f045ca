"""The help centre in the back office: which answers are due for a review."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from . import queries
from .models import QuestionPage


class ReasonColumn(Column):
    cell_template_name = "faq/back_office/reason_cell.html"

    def get_value(self, instance: QuestionPage) -> list[Any]:
        return instance.open_notes


class ReviewReport(ReportView):
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

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_edit(request):
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)


def may_edit(request: HttpRequest) -> bool:
    return PagePermissionPolicy(QuestionPage).user_has_permission(request.user, "change")


class ReviewMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit(request)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    report, results = ReviewReport.as_view(), ReviewReport.as_view(results_only=True)
    return [
        path("reports/answers/", report, name="faq_review_report"),
        path("reports/answers/results/", results, name="faq_review_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def review_menu_item() -> MenuItem:
    address = reverse("faq_review_report")
    return ReviewMenuItem(_("Answers to review"), address, icon_name="calendar-alt", order=1200)
