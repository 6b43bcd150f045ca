"""Addresses of the store within the panel of a person."""

from django.urls import path

from . import buyer_views, panel_views, talk_views

PARCEL = "<str:number>/koli/<int:position>/"

urlpatterns = [
    path("", panel_views.Orders.as_view(), name="my_orders"),
    path("<str:number>/", panel_views.OrderDetail.as_view(), name="my_order"),
    path(f"{PARCEL}aldim/", buyer_views.IHaveIt.as_view(), name="my_parcel_arrived"),
    path(f"{PARCEL}beklemiyorum/", buyer_views.CancelLate.as_view(), name="my_parcel_late"),
    path(f"{PARCEL}mesajlar/", talk_views.BuyerTalk.as_view(), name="my_talk"),
    path(f"{PARCEL}mesajlar/foto/<int:pk>/", talk_views.BuyerPhoto.as_view(), name="my_talk_photo"),
]
