"""Our addresses, and Wagtail's API v2 as it comes out of the box."""

from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from dijivet.urls import handler404, handler500, urlpatterns  # noqa: F401

stock = WagtailAPIRouter("stock_api")
stock.register_endpoint("pages", PagesAPIViewSet)
urlpatterns = [path("stock/api/v2/", stock.urls), *urlpatterns]
