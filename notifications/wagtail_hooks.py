"""The delivery log under Reports, for those who may read whom we told what."""

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
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from . import queries
from .models import Delivery


class DeliveryFilter(WagtailFilterSet):
    class Meta:
        model = Delivery
        fields = ["status", "channel", "is_digest"]


class DeliveryReport(ReportView):
    page_title = _("Deliveries of notices")
    header_icon = "mail"
    index_url_name = "delivery_report"
    index_results_url_name = "delivery_report_results"
    filterset_class = DeliveryFilter
    default_ordering = "-at"
    columns = [
        DateColumn("at", label=_("when")),
        Column("recipient", label=_("to"), accessor="notice.recipient"),
        Column("kind", label=_("kind")),
        Column("about", label=_("what it is about"), accessor="notice.key"),
        Column("get_channel_display", label=_("channel")),
        Column("get_status_display", label=_("status")),
        Column("why", label=_("reason")),
    ]

    def get_base_queryset(self) -> QuerySet[Delivery]:
        return queries.delivery_log().order_by("-at", "-pk")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request):
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)


def may_see(request: HttpRequest) -> bool:
    """The log names people, so it is for those who hold the right to read it."""
    return request.user.has_perm("notifications.view_delivery")


class DeliveryMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        path("reports/deliveries/", DeliveryReport.as_view(), name="delivery_report"),
        path(
            "reports/deliveries/results/",
            DeliveryReport.as_view(results_only=True),
            name="delivery_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return DeliveryMenuItem(
        _("Deliveries of notices"), reverse("delivery_report"), icon_name="mail", order=1320
    )
