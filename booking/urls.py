"""What everybody may see."""

from django.urls import path

from . import feed_views
from . import public_views as views

urlpatterns = [
    path("takvim/<str:token>.ics", feed_views.Feed.as_view(), name="booking_calendar"),
    path("<uuid:public_id>/", views.OfferingPage.as_view(), name="offering"),
]
