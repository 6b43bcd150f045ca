"""Upkeep in the back office: the list of windows, and one with its rounds and what can be done now."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from .. import permissions, texts
from ..models import MaintenanceWindow
from .office import OfficeView, may_run
from .steps import STEPS


class WindowFilter(WagtailFilterSet):
    class Meta:
        model = MaintenanceWindow
        fields = ["status", "kind"]


class Windows(ReportView):
    """All windows, the latest first."""

    page_title = gettext_lazy("Maintenance")
    header_icon = "tasks"
    index_url_name = "upkeep_windows"
    index_results_url_name = "upkeep_windows_results"
    default_ordering = "-starts_at"
    filterset_class = WindowFilter
    columns = [
        TitleColumn("title", label=gettext_lazy("title"), url_name="upkeep_window"),
        Column("get_kind_display", label=gettext_lazy("kind")),
        Column("get_status_display", label=gettext_lazy("state")),
        Column(
            "when", label=gettext_lazy("when"), accessor=lambda row: texts.period(row.starts_at, row.ends_at)
        ),
        Column("parts", label=gettext_lazy("parts"), accessor=lambda row: ", ".join(map(str, row.parts))),
    ]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(label=_("Plan maintenance"), url=reverse("upkeep_new"), icon_name="plus")]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_run(request):
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[MaintenanceWindow]:
        return MaintenanceWindow.objects.prefetch_related("components").order_by("-starts_at", "-pk")


class Window(OfficeView):
    """One window: its facts, what was told to how many, and what can be done with it now."""

    template_name = "upkeep/back_office/window.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        window = self.found()
        return super().get_context_data(
            window=window,
            steps=[step.link(name) for name, step in STEPS.items() if step.is_offered(window)],
            rounds=window.rounds.all(),
            may_read_receipts=self.request.user.has_perm(permissions.RECEIPTS),
            **kwargs,
        )
