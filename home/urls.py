"""Addresses that stand at the root for machines, in no language."""

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from . import views
from .sitemap import BlogSitemap, PageSitemap

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": PageSitemap, "blog": BlogSitemap}}, name="sitemap"),
]
