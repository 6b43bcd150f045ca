"""Addresses of the store within the panel of a person."""

from django.urls import path

from . import panel_views

urlpatterns = [
    path("", panel_views.Orders.as_view(), name="my_orders"),
    path("<str:number>/", panel_views.OrderDetail.as_view(), name="my_order"),
]
