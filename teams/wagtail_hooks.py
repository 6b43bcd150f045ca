"""Businesses in the back office: the queue of reviews, and the days off the state announces."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core import waiting

from . import review_views
from .models import PublicLeave, Verification
from .review_views import may_review
from .states import VerificationStatus


class ReviewFilter(WagtailFilterSet):
    class Meta:
        model = Verification
        fields = ["status", "topic"]


class Reviews(ReportView):
    """What waits first, the oldest at the top."""

    page_title = _("Reviews of businesses")
    header_icon = "check"
    index_url_name = "teams_reviews"
    index_results_url_name = "teams_reviews_results"
    default_ordering = "sent_at"
    filterset_class = ReviewFilter
    columns = [
        TitleColumn("business", label=_("business"), url_name="teams_review"),
        Column("get_topic_display", label=_("subject")),
        Column("get_status_display", label=_("state")),
        Column("first_reviewer", label=_("first look")),
        DateColumn("sent_at", label=_("sent")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_review(request):
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Verification]:
        rows = Verification.objects.select_related("business", "first_reviewer")
        chosen = "status" in self.request.GET
        return rows if chosen else rows.filter(status=VerificationStatus.OPEN)


class ReviewerMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_review(request)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        path("businesses/", Reviews.as_view(), name="teams_reviews"),
        path("businesses/results/", Reviews.as_view(results_only=True), name="teams_reviews_results"),
        path("businesses/<int:pk>/", review_views.show, name="teams_review"),
        path("businesses/evidence/<int:pk>/", review_views.evidence, name="teams_review_evidence"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return ReviewerMenuItem(
        _("Businesses"), reverse("teams_reviews"), name="businesses", icon_name="group", order=350
    )


@waiting.line(order=20)
def waiting_reviews(request: HttpRequest) -> waiting.Line | None:
    number = Verification.objects.open().count() if may_review(request) else 0
    text = ngettext("%(number)d review of a business", "%(number)d reviews of businesses", number)
    return waiting.Line(text % {"number": number}, reverse("teams_reviews")) if number else None


class PublicLeaveViewSet(SnippetViewSet):
    model = PublicLeave
    icon = "date"
    menu_label = _("Announced days off")
    list_display = ["on", "name", "from_noon"]
    add_to_settings_menu = True


register_snippet(PublicLeaveViewSet)
