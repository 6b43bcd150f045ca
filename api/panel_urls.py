"""Addresses of the API for a person's own panel."""

from django.urls import path

from . import panel

urlpatterns = [
    path("modules/", panel.Modules.as_view(), name="api_panel_modules"),
    path("orders/", panel.Orders.as_view(), name="api_panel_orders"),
]
