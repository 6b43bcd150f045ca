"""The ground in the back office: our colours, the journal and the proofs under Reports."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from .models import Line, ProofResult


class JournalFilter(WagtailFilterSet):
    parked = django_filters.BooleanFilter("parked_at", lookup_expr="isnull", exclude=True, label=_("parked"))

    class Meta:
        model = Line
        fields = ["name", "parked"]


class ReviveColumn(Column):
    cell_template_name = "core/back_office/revive_cell.html"


class JournalReport(ReportView):
    page_title = _("Journal")
    header_icon = "history"
    index_url_name = "journal_report"
    index_results_url_name = "journal_report_results"
    filterset_class = JournalFilter
    default_ordering = "-at"
    columns = [
        DateColumn("at", label=_("when")),
        Column("name", label=_("what happened")),
        Column("actor", label=_("who")),
        Column("tries", label=_("tries")),
        Column("error", label=_("last error")),
        ReviveColumn("parked_at", label=_("parked")),
    ]

    def get_base_queryset(self) -> QuerySet[Line]:
        return Line.objects.select_related("actor").order_by("-at")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return (
            super().dispatch(request, *args, **kwargs) if may_see(request) else redirect("wagtailadmin_home")
        )


class ProofReport(ReportView):
    page_title = _("Proofs")
    header_icon = "check"
    index_url_name = "proof_report"
    index_results_url_name = "proof_report_results"
    default_ordering = "code"
    columns = [
        Column("code", label=_("proof")),
        Column("get_state_display", label=_("state")),
        Column("public", label=_("for readers")),
        Column("detail", label=_("for staff")),
        DateColumn("checked_at", label=_("checked")),
    ]

    def get_base_queryset(self) -> QuerySet[ProofResult]:
        return ProofResult.objects.order_by("code")


def may_see(request: HttpRequest) -> bool:
    """The journal names people, so it is for those who hold the right to read it."""
    return request.user.has_perm("core.view_line")


@require_POST
def revive(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a parked line another day of tries."""
    if not may_see(request):
        return redirect("wagtailadmin_home")
    get_object_or_404(Line.objects.parked(), pk=pk).revive(timezone.now())
    messages.success(request, _("The line is tried again within ten seconds."))
    return redirect("journal_report")


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        path("reports/journal/", JournalReport.as_view(), name="journal_report"),
        path(
            "reports/journal/results/",
            JournalReport.as_view(results_only=True),
            name="journal_report_results",
        ),
        path("reports/journal/<int:pk>/revive/", revive, name="journal_revive"),
        path("reports/proofs/", ProofReport.as_view(), name="proof_report"),
        path("reports/proofs/results/", ProofReport.as_view(results_only=True), name="proof_report_results"),
    ]


class JournalMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request)


@hooks.register("register_reports_menu_item")
def journal_menu_item() -> MenuItem:
    return JournalMenuItem(_("Journal"), reverse("journal_report"), icon_name="history", order=1300)


@hooks.register("register_reports_menu_item")
def proof_menu_item() -> MenuItem:
    return MenuItem(_("Proofs"), reverse("proof_report"), icon_name="check", order=1310)


@hooks.register("insert_global_admin_css")
def our_colours() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/back-office.css"))
