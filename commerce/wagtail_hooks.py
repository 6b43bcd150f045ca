"""One back office: the store's dashboard is an entry of Wagtail's menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_class
from oscar.views.decorators import check_permissions
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import after_office  # noqa: F401  (its hooks register themselves)

DashboardPermission = get_class("dashboard.permissions", "DashboardPermission")


class StoreItem(MenuItem):
    """Shown to exactly the people whom the dashboard lets in."""

    def is_shown(self, request: HttpRequest) -> bool:
        allowed = (DashboardPermission.staff, DashboardPermission.partner_dashboard_access)
        return check_permissions(request.user, allowed)


@hooks.register("register_admin_menu_item")
def store_item() -> Any:
    return StoreItem(_("Store"), reverse("dashboard:index"), name="store", icon_name="tag", order=450)
