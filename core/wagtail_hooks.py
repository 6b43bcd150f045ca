"""The ground in the back office: our colours, the journal and the proofs under Reports."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from . import reports
from .models import Line, ProofResult


class JournalFilter(WagtailFilterSet):
    parked = django_filters.BooleanFilter("parked_at", lookup_expr="isnull", exclude=True, label=_("parked"))

    class Meta:
        model = Line
        fields = ["name", "parked"]


class ReviveColumn(Column):
    cell_template_name = "core/back_office/revive_cell.html"


class JournalReport(reports.Report):
    page_title = _("Journal")
    header_icon = "history"
    slug, menu_order = "journal", 1300
    index_url_name = "journal_report"
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

    @classmethod
    def may_see(cls, request: HttpRequest) -> bool:
        """The journal names people, so it is for those who hold the right to read it."""
        return request.user.has_perm("core.view_line")


class ProofReport(reports.Report):
    page_title = _("Proofs")
    header_icon = "check"
    slug, menu_order = "proofs", 1310
    index_url_name = "proof_report"
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


@require_POST
def revive(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a parked line another day of tries."""
    if not JournalReport.may_see(request):
        return redirect("wagtailadmin_home")
    get_object_or_404(Line.objects.parked(), pk=pk).revive(timezone.now())
    messages.success(request, _("The line is tried again within ten seconds."))
    return redirect("journal_report")


reports.register(JournalReport)
reports.register(ProofReport)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("reports/journal/<int:pk>/revive/", revive, name="journal_revive")]


@hooks.register("insert_global_admin_css")
def our_colours() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/back-office.css"))
