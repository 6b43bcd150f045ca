"""People in the back office: the pause in the list of users, requests about data under Reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from core import waiting

from . import office, queries
from .states import Status


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    report = office.DataRequestReport
    return [
        path("people/<int:pk>/pause/", office.PauseAccount.as_view(), name="account_pause"),
        path("reports/data-requests/", report.as_view(), name="data_requests"),
        path(
            "reports/data-requests/results/", report.as_view(results_only=True), name="data_requests_results"
        ),
        path("reports/data-requests/<int:pk>/", office.AnswerRequest.as_view(), name="data_request"),
        path("reports/retention/", office.RetentionPlan.as_view(), name="retention_plan"),
    ]


@hooks.register("register_user_listing_buttons")
def pause_button(user: Any, request_user: Any) -> Iterator[Button]:
    if request_user.has_perm("accounts.change_user") and user.status in (Status.ACTIVE, Status.SUSPENDED):
        label = _("End the pause") if user.status == Status.SUSPENDED else _("Pause the account")
        yield Button(label, reverse("account_pause", args=[user.pk]), icon_name="time", priority=40)


class DataMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return office.may_answer(request)


@hooks.register("register_reports_menu_item")
def requests_menu_item() -> MenuItem:
    report = office.DataRequestReport
    return DataMenuItem(report.page_title, reverse("data_requests"), icon_name="user", order=1330)


@hooks.register("register_reports_menu_item")
def retention_menu_item() -> MenuItem:
    return DataMenuItem(_("Retention plan"), reverse("retention_plan"), icon_name="history", order=1340)


@waiting.line(order=30)
def waiting_requests(request: HttpRequest) -> waiting.Line | None:
    number = queries.waiting_requests().count() if office.may_answer(request) else 0
    text = ngettext(
        "%(number)d request about personal data", "%(number)d requests about personal data", number
    )
    return waiting.Line(text % {"number": number}, reverse("data_requests")) if number else None
