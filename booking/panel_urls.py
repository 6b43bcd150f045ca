"""Addresses of bookings within the panel of a person."""

from django.urls import path

from . import feed_views
from . import owner_views as views

urlpatterns = [
    path("", views.Bookings.as_view(), name="my_bookings"),
    path("takvim/", feed_views.MyLink.as_view(), name="my_calendar"),
    path("<uuid:public_id>/takvim.ics", feed_views.OneFile.as_view(), name="my_booking_file"),
    path("<uuid:public_id>/", views.Detail.as_view(), name="my_booking"),
    path("<uuid:public_id>/ode/", views.Pay.as_view(), name="my_booking_pay"),
    path("<uuid:public_id>/vazgec/", views.Cancel.as_view(), name="my_booking_cancel"),
    path("<uuid:public_id>/tasi/", views.Move.as_view(), name="my_booking_move"),
]
