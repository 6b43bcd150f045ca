"""Addresses of the waiting list: on public pages, in the panel of a person and in that of a business."""

from django.urls import path

from . import desk_views, views

MINE = "panel/randevular/bekleme/"
ONE = f"{MINE}<uuid:public_id>/"

urlpatterns = [
    path("randevu/<uuid:public_id>/bekle/", views.Join.as_view(), name="waitlist_join"),
    path(MINE, views.MyWaits.as_view(), name="my_waits"),
    path(ONE, views.MyWait.as_view(), name="my_wait"),
    path(f"{ONE}birak/", views.Withdraw.as_view(), name="my_wait_withdraw"),
    path(f"{ONE}pas/", views.PassOn.as_view(), name="my_wait_pass"),
    path(f"{ONE}yeniden/", views.Again.as_view(), name="my_wait_again"),
    path("isletme/<slug:business>/bekleyenler/", desk_views.Waiting.as_view(), name="business_waitlist"),
]
