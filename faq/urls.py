"""Addresses of the help centre beside its pages."""

from django.urls import path

from . import views
from .models import SEARCH_SLUG

app_name = "faq"
urlpatterns = [path(f"yardim/{SEARCH_SLUG}/", views.search_page, name="search")]
