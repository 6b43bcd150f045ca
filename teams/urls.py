"""Addresses of this room. `isletme/<business>/` is the panel of a business, whichever room a page is in."""

from django.urls import include, path

from .views.business import BusinessDashboard, BusinessSearch

urlpatterns = [
    path("isletme/<slug:business>/", BusinessDashboard.as_view(), name="business_panel"),
    path("isletme/<slug:business>/ara/", BusinessSearch.as_view(), name="business_search"),
    path("", include("teams.team_urls")),
]
