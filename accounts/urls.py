"""Addresses of sign-up, sign-in and everything about the account."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
