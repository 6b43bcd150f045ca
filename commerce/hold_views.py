"""Held products in the back office: what waits, and one of them with its words and its seller."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from commerce import permissions, screening
from commerce.models import Hold
from commerce.states import HoldStatus
from core.errors import Refused


def may_review(request: HttpRequest) -> bool:
    return bool(request.user.has_perm(permissions.REVIEW_GOODS))


class HoldFilter(WagtailFilterSet):
    class Meta:
        model = Hold
        fields = ["status"]


class Holds(ReportView):
    """What waits, the oldest at the top."""

    page_title = gettext_lazy("Held products")
    header_icon = "warning"
    index_url_name = "commerce_holds"
    index_results_url_name = "commerce_holds_results"
    default_ordering = "opened_at"
    filterset_class = HoldFilter
    columns = [
        TitleColumn("product", label=gettext_lazy("product"), url_name="commerce_hold"),
        Column("product.owner", label=gettext_lazy("seller")),
        Column("words", label=gettext_lazy("found"), accessor=lambda hold: ", ".join(hold.words)),
        Column("get_status_display", label=gettext_lazy("state")),
        DateColumn("opened_at", label=gettext_lazy("held")),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_review(request):
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Hold]:
        rows = Hold.objects.select_related("product__owner", "product__parent")
        return rows if "status" in self.request.GET else rows.filter(status=HoldStatus.OPEN)


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it; release it, or refuse it with a reason that its seller reads."""
    if not may_review(request):
        return redirect("wagtailadmin_home")
    hold = get_object_or_404(Hold.objects.select_related("product__owner__business", "decided_by"), pk=pk)
    note = request.POST.get("note", "").strip()[:300]
    if request.method == "POST" and _decide(request, hold, note):
        return redirect("commerce_holds")
    context = {
        "hold": hold,
        "note": note,
        "matter": screening.MATTERS.get(hold.matter, ""),
        "earlier": hold.product.holds.exclude(pk=hold.pk).order_by("-opened_at")[:10],
        "texts": hold.product.texts.all(),
        "pictures": hold.product.images.all(),
        "header_title": str(hold.product),
        "back": reverse("commerce_holds"),
    }
    return render(
        request, "commerce/back_office/hold.html", context, status=422 if request.method == "POST" else 200
    )


def _decide(request: HttpRequest, hold: Hold, note: str) -> bool:
    verb = screening.release if "release" in request.POST else screening.refuse
    try:
        verb(hold=hold, by=request.user, now=timezone.now(), note=note)
    except Refused as error:
        messages.error(request, str(error.message))
        hold.refresh_from_db()
        return False
    messages.success(request, _("Decided. The seller reads it with the product."))
    return True
