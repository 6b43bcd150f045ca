"""Addresses of bookings within the panel of a person."""

from django.urls import path

from . import owner_views as views

urlpatterns = [
    path("<uuid:public_id>/", views.Detail.as_view(), name="my_booking"),
]
