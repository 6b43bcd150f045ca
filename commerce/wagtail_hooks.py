"""One back office: the store's dashboard and the queue of held products are entries of Wagtail's menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from oscar.core.loading import get_class
from oscar.views.decorators import check_permissions
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from commerce import hold_views
from commerce.models import Hold
from commerce.states import HoldStatus
from core import waiting

from . import (
    after_office,  # noqa: F401  (its hooks register themselves)
    talk_office,  # noqa: F401  (it registers itself)
)

DashboardPermission = get_class("dashboard.permissions", "DashboardPermission")


class StoreItem(MenuItem):
    """Shown to exactly the people whom the dashboard lets in."""

    def is_shown(self, request: HttpRequest) -> bool:
        allowed = (DashboardPermission.staff, DashboardPermission.partner_dashboard_access)
        return check_permissions(request.user, allowed)


@hooks.register("register_admin_menu_item")
def store_item() -> Any:
    return StoreItem(_("Store"), reverse("dashboard:index"), name="store", icon_name="tag", order=450)


class HoldsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return hold_views.may_review(request)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("held-products/", hold_views.Holds.as_view(), name="commerce_holds"),
        path(
            "held-products/results/",
            hold_views.Holds.as_view(results_only=True),
            name="commerce_holds_results",
        ),
        path("held-products/<int:pk>/", hold_views.show, name="commerce_hold"),
    ]


@hooks.register("register_admin_menu_item")
def holds_item() -> MenuItem:
    return HoldsItem(
        _("Held products"), reverse("commerce_holds"), name="holds", icon_name="warning", order=451
    )


@waiting.line(order=25)
def waiting_holds(request: HttpRequest) -> waiting.Line | None:
    number = Hold.objects.filter(status=HoldStatus.OPEN).count() if hold_views.may_review(request) else 0
    text = ngettext("%(number)d held product", "%(number)d held products", number)
    return waiting.Line(text % {"number": number}, reverse("commerce_holds")) if number else None
