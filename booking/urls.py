"""What everybody may see."""

from django.urls import path

from . import feed_views
from . import public_views as views
from . import search_views as search
from .answer_views import Answer

urlpatterns = [
    path("", search.Search.as_view(), name="booking_search"),
    path("isletme/<slug:slug>/", search.OfBusiness.as_view(), name="bookable_at"),
    path("takvim/<str:token>.ics", feed_views.Feed.as_view(), name="booking_calendar"),
    path("cevap/<str:token>/", Answer.as_view(), name="booking_answer"),
    path("<uuid:public_id>/", views.OfferingPage.as_view(), name="offering"),
]
