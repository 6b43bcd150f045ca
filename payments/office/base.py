"""What these pages share: a right, a refusal said on the page, the password again where money leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView

from accounts import factors
from core.errors import Refused

from .. import payout_permissions as permissions


def may(request: HttpRequest, right: str) -> bool:
    return request.user.has_perm(right)


class OfficeView(PermissionRequiredMixin, TemplateView):
    permission_required: Any = permissions.RECONCILE
    asks_again = False  # the password, before what is posted is done

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        is_sent = request.method == "POST" and self.has_permission()
        if self.asks_again and is_sent and not factors.recently_confirmed(request):
            return factors.ask_again(request)
        return super().dispatch(request, *args, **kwargs)

    def done(self, verb: Callable[[], Any], words: Any) -> bool:
        """Do it and say so; a refusal is said in its own words."""
        try:
            verb()
        except Refused as error:
            messages.error(self.request, str(error.message))
            return False
        messages.success(self.request, str(words))
        return True


class OfficeList(ReportView):
    right = permissions.RECONCILE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request, self.right):
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)


class OfficeMenuItem(MenuItem):
    def __init__(self, *args: Any, right: str, **kwargs: Any) -> None:
        self.right = right
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request, self.right)
