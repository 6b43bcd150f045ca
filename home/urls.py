"""Addresses that stand at the root for machines, in no language."""

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from . import views
from .sitemap import (
    BlogSitemap,
    BookingSitemap,
    BusinessSitemap,
    NewsletterSitemap,
    PageSitemap,
    StoreSitemap,
)

SITEMAPS = {
    "pages": PageSitemap,
    "blog": BlogSitemap,
    "newsletter": NewsletterSitemap,
    "businesses": BusinessSitemap,
    "bookings": BookingSitemap,
}

GOODS = {"sitemaps": {"store": StoreSitemap}}

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    # Goods fill many files: an index names each of them.
    path("sitemap-store.xml", views.store_map, name="sitemap_store"),
    path(
        "sitemap-goods-<slug:section>.xml",
        sitemap,
        {**GOODS, "template_name": "home/sitemap_goods.xml"},
        name="sitemap_goods",
    ),
]
