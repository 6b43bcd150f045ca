"""Addresses of the legal section beside its pages."""

from django.urls import path

from . import views
from .models import ACCEPT_SLUG, COOKIES_SLUG

app_name = "legal"
urlpatterns = [
    path(f"hukuki/{ACCEPT_SLUG}/", views.Accept.as_view(), name="accept"),
    path(f"hukuki/{COOKIES_SLUG}/", views.cookie_choice, name="cookies"),
]
