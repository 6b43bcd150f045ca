"""Addresses of an order for whoever bought without an account."""

from django.urls import path

from . import guest_views
from . import panel_views as views

PARCEL = "<str:number>/koli/<int:position>/"

urlpatterns = [
    path("<str:number>/", views.GuestOrder.as_view(), name="guest_order"),
    path("<str:number>/ode/", views.GuestPay.as_view(), name="guest_order_pay"),
    path("<str:number>/vazgec/", views.GuestCancel.as_view(), name="guest_order_cancel"),
    path("<str:number>/tekrar/", views.GuestAgain.as_view(), name="guest_order_again"),
    path("<str:number>/sozlesme/<int:position>/", views.GuestContract.as_view(), name="guest_contract"),
    path("<str:number>/belge/<uuid:public_id>/", views.GuestDocument.as_view(), name="guest_order_document"),
    path(f"{PARCEL}aldim/", guest_views.GuestHasIt.as_view(), name="guest_parcel_arrived"),
    path(f"{PARCEL}beklemiyorum/", guest_views.GuestDoesNotWait.as_view(), name="guest_parcel_late"),
    path(f"{PARCEL}mesajlar/", guest_views.GuestTalk.as_view(), name="guest_talk"),
    path(f"{PARCEL}mesajlar/foto/<int:pk>/", guest_views.GuestTalkPhoto.as_view(), name="guest_talk_photo"),
]
