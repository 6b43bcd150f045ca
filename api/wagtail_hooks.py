"""The APIs in the back office: links in rich text, webhooks and their deliveries."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core import reports

from . import webhooks
from .links import DocumentLinks, PageLinks
from .models import Delivery, Webhook


@hooks.register("register_rich_text_features", order=100)
def register_page_links(features: FeatureRegistry) -> None:
    features.register_link_type(PageLinks)
    features.register_link_type(DocumentLinks)


class SendTestColumn(Column):
    cell_template_name = "api/back_office/send_test_cell.html"


class WebhookViewSet(SnippetViewSet):
    model = Webhook
    icon = "link-external"
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = [
        "url",
        BooleanColumn("active"),
        DateColumn("created_at"),
        SendTestColumn("pk", label=_("test")),
    ]
    panels = [FieldPanel("url"), FieldPanel("events"), FieldPanel("secret"), FieldPanel("active")]


register_snippet(WebhookViewSet)


class DeliveryFilter(WagtailFilterSet):
    class Meta:
        model = Delivery
        fields = ["webhook", "status"]


class SendAgainColumn(Column):
    cell_template_name = "api/back_office/send_again_cell.html"


class DeliveryReport(reports.Report):
    page_title = _("Webhook deliveries")
    header_icon = "link-external"
    slug, menu_order = "webhooks", 1320
    index_url_name = "webhook_deliveries"
    filterset_class = DeliveryFilter
    default_ordering = "-pk"
    columns = [
        DateColumn("started_at", label=_("since")),
        Column("line.name", label=_("what happened")),
        Column("webhook", label=_("webhook")),
        Column("get_status_display", label=_("status")),
        Column("response_code", label=_("answer")),
        Column("tries", label=_("tries")),
        Column("error", label=_("last error")),
        SendAgainColumn("pk", label=_("again")),
    ]

    def get_base_queryset(self) -> QuerySet[Delivery]:
        return Delivery.objects.select_related("webhook", "line").order_by("-pk")

    @classmethod
    def may_see(cls, request: HttpRequest) -> bool:
        return request.user.has_perm("api.change_webhook")


reports.register(DeliveryReport)


@require_POST
def send_test(request: HttpRequest, pk: int) -> HttpResponse:
    if not DeliveryReport.may_see(request):
        raise PermissionDenied
    webhooks.send_test(webhook=get_object_or_404(Webhook, pk=pk), actor=request.user)
    messages.success(request, _("A test message is on its way."))
    return redirect("webhook_deliveries")


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    if not DeliveryReport.may_see(request):
        raise PermissionDenied
    delivery = get_object_or_404(Delivery, pk=pk)
    webhooks.send_again(delivery=delivery, actor=request.user, now=timezone.now())
    messages.success(request, _("The message is sent again within ten seconds."))
    return redirect("webhook_deliveries")


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        path("reports/webhooks/<int:pk>/again/", send_again, name="webhook_send_again"),
        path("webhooks/<int:pk>/test/", send_test, name="webhook_send_test"),
    ]
