"""Addresses of the checkout, below the store's. Oscar's own checkout is not mounted."""

from django.urls import path

from . import checkout_views as views

app_name = "checkout"
urlpatterns = [
    path("", views.DeliveryView.as_view(), name="index"),
    path("onay/", views.PayView.as_view(), name="pay"),
    path("birlikte/", views.RideView.as_view(), name="ride"),
    path("metinler/", views.TextsView.as_view(), name="texts"),
    path("cayma-formu.pdf", views.WithdrawalForm.as_view(), name="withdrawal_form"),
]
