"""What everybody may see."""

from django.urls import path

from . import public_views as views

urlpatterns = [
    path("<uuid:public_id>/", views.OfferingPage.as_view(), name="offering"),
]
