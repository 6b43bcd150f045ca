"""Addresses for readers without an account."""

from django.urls import path

from . import views

app_name = "editorial"
urlpatterns = [
    path("<str:token>/", views.review, name="review"),
    path("<str:token>/taslak/", views.draft, name="draft"),
]
