"""Upkeep in the back office: one menu line, the parts among the snippets, what runs on the first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core import waiting

from .models import Component, MaintenanceWindow
from .views import steps
from .views.office import may_run
from .views.receipts import Receipts
from .views.windows import Window, Windows


class ComponentViewSet(SnippetViewSet):
    model = Component
    icon = "list-ul"
    menu_label = _("Parts of the platform")
    list_display = ["name", "covers", "place", "is_shown"]
    add_to_settings_menu = True


register_snippet(ComponentViewSet)


class UpkeepMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_run(request)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("upkeep/", Windows.as_view(), name="upkeep_windows"),
        path("upkeep/results/", Windows.as_view(results_only=True), name="upkeep_windows_results"),
        path("upkeep/new/", steps.NewWindow.as_view(), name="upkeep_new"),
        path("upkeep/<int:pk>/", Window.as_view(), name="upkeep_window"),
        path("upkeep/<int:pk>/edit/", steps.EditDraft.as_view(), name="upkeep_edit"),
        path("upkeep/<int:pk>/receipts/", Receipts.as_view(), name="upkeep_receipts"),
        *(
            path(f"upkeep/<int:pk>/{name}/", step.as_view(), name=f"upkeep_{name}")
            for name, step in steps.STEPS.items()
        ),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return UpkeepMenuItem(
        _("Maintenance"), reverse("upkeep_windows"), name="upkeep", icon_name="tasks", order=360
    )


@waiting.line(order=5)
def running(request: HttpRequest) -> waiting.Line | None:
    """First of all: something is closed right now."""
    window = MaintenanceWindow.objects.running().first() if may_run(request) else None
    if window is None:
        return None
    return waiting.Line(
        _now("Running now: %(title)s") % {"title": window}, reverse("upkeep_window", args=[window.pk])
    )
