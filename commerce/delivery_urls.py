"""Addresses of "Teslimat seçenekleri" in the panel of a seller."""

from django.urls import path

from . import delivery_views as views

app_name = "deliveries"
HERE = "isletme/<slug:business>/magaza/teslimat/"

urlpatterns = [
    path(HERE, views.Deliveries.as_view(), name="list"),
    path(f"{HERE}ekle/", views.SaveDelivery.as_view(), name="add"),
    path(f"{HERE}<int:pk>/", views.SaveDelivery.as_view(), name="edit"),
    path(f"{HERE}<int:pk>/sil/", views.RemoveDelivery.as_view(), name="remove"),
]
