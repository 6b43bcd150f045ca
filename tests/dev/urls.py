"""The site with the pages of development, which tests (DEBUG off) do not mount by themselves."""

from django.urls import include, path

from dijivet.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("", include("dev.urls")), *urlpatterns]
