"""Payments in the back office: the search, one payment, what waits for people, the ways to pay."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from core import waiting

from . import queries
from .office import hooks as payout_hooks  # noqa: F401  (they register themselves)
from .views import office


class Guarded(MenuItem):
    right = office.READ

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.right))


class GuardedByMore(Guarded):
    right = office.RECONCILE


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("payments/", office.Search.as_view(), name="payments_search"),
        path("payments/waiting/", office.Waiting.as_view(), name="payments_waiting"),
        path("payments/ways/", office.Ways.as_view(), name="payments_ways"),
        path("payments/<int:pk>/", office.Show.as_view(), name="payments_office"),
        path("payments/<int:pk>/refund/", office.Refund.as_view(), name="payments_refund"),
        path("payments/attempts/<int:pk>/ask/", office.AskBank.as_view(), name="payments_ask_bank"),
        path("payments/attempts/<int:pk>/resolve/", office.Resolve.as_view(), name="payments_resolve"),
        path("payments/parts/<int:pk>/", office.Part.as_view(), name="payments_part"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    items = [
        Guarded(
            _("Search"), reverse("payments_search"), name="payments-search", icon_name="search", order=10
        ),
        Guarded(
            _("Waits for us"),
            reverse("payments_waiting"),
            name="payments-waiting",
            icon_name="time",
            order=20,
        ),
        GuardedByMore(
            _("Ways to pay"), reverse("payments_ways"), name="payments-ways", icon_name="cog", order=90
        ),
    ]
    return SubmenuMenuItem(
        _("Payments"),
        Menu(items=items, register_hook_name="register_payments_menu_item"),
        name="payments",
        icon_name="tag",
        order=355,
    )


def _may(request: HttpRequest, right: str) -> bool:
    return bool(request.user.has_perm(right))


@waiting.line(order=8)
def refunds_with_people(request: HttpRequest) -> waiting.Line | None:
    """Somebody waits for money and no machine will send it."""
    number = queries.parts_with_people().count() if _may(request, office.REFUND) else 0
    text = ngettext(
        "%(number)d refund needs a person today", "%(number)d refunds need a person today", number
    )
    return waiting.Line(text % {"number": number}, reverse("payments_waiting")) if number else None


@waiting.line(order=9)
def differences(request: HttpRequest) -> waiting.Line | None:
    number = queries.needing_attention().count() if _may(request, office.RECONCILE) else 0
    text = ngettext(
        "%(number)d payment differs from what we asked for",
        "%(number)d payments differ from what we asked for",
        number,
    )
    return waiting.Line(text % {"number": number}, reverse("payments_waiting")) if number else None
