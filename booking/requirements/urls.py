"""Addresses of what has to be there on arrival."""

from django.urls import path

from ..desk_urls import ONE, PANEL
from . import desk_views as desk
from . import owner_views as mine

ASKED = f"{PANEL}kosullar/"

urlpatterns = [
    path("panel/randevular/<uuid:public_id>/gelis/", mine.MyArrival.as_view(), name="my_booking_arrival"),
    path(f"{ONE}gelis/", desk.Arrival.as_view(), name="business_booking_arrival"),
    path(f"{ONE}gelis/goruldu/", desk.Seen.as_view(), name="business_booking_seen"),
    path(f"{ONE}gelis/vazgec/", desk.Waive.as_view(), name="business_booking_waive"),
    path(ASKED, desk.Requirements.as_view(), name="business_requirements"),
    path(f"{ASKED}yeni/", desk.NewRequirement.as_view(), name="business_requirement_new"),
    path(f"{ASKED}<int:pk>/kaldir/", desk.RetireRequirement.as_view(), name="business_requirement_retire"),
]
