"""Addresses the script of a room speaks to."""

from django.urls import path

from . import exchange_views as views

ROOM = "<uuid:room>/<slug:side>/"

urlpatterns = [
    path(ROOM, views.Exchange.as_view(), name="consultation_exchange"),
    path(f"{ROOM}cik/", views.Leave.as_view(), name="consultation_leave"),
]
