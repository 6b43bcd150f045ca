"""The base of our reports in the back office: a right, columns, two addresses and a line in the menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView


class Report(ReportView):
    """A report stands at `reports/<slug>/` under the name `index_url_name`, for those who `may_see` it."""

    slug: str
    menu_order: int
    index_url_name: str

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if name := getattr(cls, "index_url_name", ""):
            cls.index_results_url_name = f"{name}_results"

    @classmethod
    def may_see(cls, request: HttpRequest) -> bool:
        """Whoever may enter the back office, unless a report says otherwise."""
        return True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_see(request):
            return redirect("wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)

    @classmethod
    def addresses(cls) -> list[URLPattern]:
        """Wagtail asks for the rows alone when a filter changes."""
        rows = cls.as_view(results_only=True)
        return [
            path(f"reports/{cls.slug}/", cls.as_view(), name=cls.index_url_name),
            path(f"reports/{cls.slug}/results/", rows, name=cls.index_results_url_name),
        ]


class ReportMenuItem(MenuItem):
    def __init__(self, report: type[Report]) -> None:
        self.report = report
        address = reverse(report.index_url_name)
        look = {"name": report.slug, "icon_name": report.header_icon, "order": report.menu_order}
        super().__init__(report.page_title, address, **look)

    def is_shown(self, request: HttpRequest) -> bool:
        return self.report.may_see(request)


def register(report: type[Report]) -> None:
    hooks.register("register_admin_urls", report.addresses)
    hooks.register("register_reports_menu_item", lambda: ReportMenuItem(report))
