"""Addresses that stand at the root for machines, in no language."""

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from . import views
from .sitemap import BlogSitemap, BusinessSitemap, NewsletterSitemap, PageSitemap

SITEMAPS = {
    "pages": PageSitemap,
    "blog": BlogSitemap,
    "newsletter": NewsletterSitemap,
    "businesses": BusinessSitemap,
}

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]
