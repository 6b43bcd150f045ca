"""Prices and figures of tax in the back office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from . import office_views
from . import pricing_forms as forms
from .models import TaxRate


class TaxRateViewSet(SnippetViewSet):
    model = TaxRate
    icon = "decimal"
    menu_label = _("Tax rates")
    list_display = ["tax", "percent", "valid_from", "valid_until", "checked_on"]
    add_to_settings_menu = True

    def get_form_class(self, for_update: bool = False) -> Any:
        return forms.TaxRateForm


register_snippet(TaxRateViewSet)


class RatesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return office_views.may_set_rates(request)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("rates/", office_views.Rates.as_view(), name="finance_rates"),
        path("rates/results/", office_views.Rates.as_view(results_only=True), name="finance_rates_results"),
        path("rates/new/", office_views.NewRate.as_view(), name="finance_rate_new"),
        path("rates/<int:pk>/", office_views.Rate.as_view(), name="finance_rate"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return RatesMenuItem(
        _("Commission"), reverse("finance_rates"), name="commission", icon_name="decimal", order=372
    )
