"""Addresses of prices."""

from django.urls import path

from .views import pricing

app_name = "finance"

urlpatterns = [
    path("ucretlendirme/", pricing.Prices.as_view(), name="prices"),
    path(
        "isletme/<slug:business>/finans/ucretlendirme/",
        pricing.BusinessPrices.as_view(),
        name="business_prices",
    ),
]
