"""Addresses, menu and what waits on the first page of the back office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core import waiting

from .. import payout_permissions as permissions
from ..models import Difference, Payout
from ..states import PayoutStatus
from . import days, payouts, statements
from .base import OfficeMenuItem, may


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("payouts/", payouts.Queue.as_view(), name="payments_payouts"),
        path("payouts/results/", payouts.Queue.as_view(results_only=True), name="payments_payouts_results"),
        path("payouts/<int:pk>/", payouts.OnePayout.as_view(), name="payments_payout"),
        path("payouts/files/", payouts.BankFiles.as_view(), name="payments_bank_files"),
        path("payouts/files/<int:pk>/", payouts.DownloadFile.as_view(), name="payments_bank_file"),
        path("statements/", statements.Lines.as_view(), name="payments_lines"),
        path(
            "statements/results/", statements.Lines.as_view(results_only=True), name="payments_lines_results"
        ),
        path("statements/new/", statements.HandIn.as_view(), name="payments_statement_new"),
        path("statements/<int:pk>/", statements.Line.as_view(), name="payments_line"),
        path("days/", days.Days.as_view(), name="payments_days"),
        path("days/<int:pk>/", days.OneDifference.as_view(), name="payments_difference"),
    ]


_ITEMS = [
    (_("Payouts"), "payments_payouts", "payouts", "upload", 30),
    (_("Bank transfers"), "payments_lines", "bank-transfers", "list-ul", 40),
    (_("Reconciliation"), "payments_days", "reconciliation", "clipboard-list", 50),
]


def _item(label: Any, url_name: str, name: str, icon: str, order: int) -> None:
    @hooks.register("register_payments_menu_item")
    def item() -> MenuItem:
        given: dict[str, Any] = {"name": name, "icon_name": icon, "order": order}
        return OfficeMenuItem(label, reverse(url_name), right=permissions.RECONCILE, **given)


for _one in _ITEMS:
    _item(*_one)


@waiting.line(order=21)
def waiting_payouts(request: HttpRequest) -> waiting.Line | None:
    if not may(request, permissions.APPROVE):
        return None
    number = Payout.objects.filter(status=PayoutStatus.DRAFT).count()
    text = ngettext("%(number)d payout to approve", "%(number)d payouts to approve", number)
    return waiting.Line(text % {"number": number}, reverse("payments_payouts")) if number else None


@waiting.line(order=22)
def waiting_lines(request: HttpRequest) -> waiting.Line | None:
    number = statements.number_waiting(request)
    text = ngettext("%(number)d bank transfer to assign", "%(number)d bank transfers to assign", number)
    return waiting.Line(text % {"number": number}, reverse("payments_lines")) if number else None


@waiting.line(order=23)
def waiting_differences(request: HttpRequest) -> waiting.Line | None:
    if not may(request, permissions.RECONCILE):
        return None
    number = Difference.objects.filter(state__in=days.OPEN).count()
    text = ngettext("%(number)d difference with providers", "%(number)d differences with providers", number)
    return waiting.Line(text % {"number": number}, reverse("payments_days")) if number else None
