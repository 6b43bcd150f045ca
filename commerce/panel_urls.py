"""Addresses of the store within the panel of a person."""

from django.urls import path

from . import buyer_views, talk_views
from . import panel_views as views

PARCEL = "<str:number>/koli/<int:position>/"

urlpatterns = [
    path("", views.Orders.as_view(), name="my_orders"),
    path("<str:number>/", views.OrderDetail.as_view(), name="my_order"),
    path("<str:number>/ode/", views.MyPay.as_view(), name="my_order_pay"),
    path("<str:number>/vazgec/", views.MyCancel.as_view(), name="my_order_cancel"),
    path("<str:number>/tekrar/", views.MyAgain.as_view(), name="my_order_again"),
    path("<str:number>/sozlesme/<int:position>/", views.MyContract.as_view(), name="my_contract"),
    path("<str:number>/belge/<uuid:public_id>/", views.MyDocument.as_view(), name="my_order_document"),
    path(f"{PARCEL}aldim/", buyer_views.IHaveIt.as_view(), name="my_parcel_arrived"),
    path(f"{PARCEL}beklemiyorum/", buyer_views.CancelLate.as_view(), name="my_parcel_late"),
    path(f"{PARCEL}mesajlar/", talk_views.BuyerTalk.as_view(), name="my_talk"),
    path(f"{PARCEL}mesajlar/foto/<int:pk>/", talk_views.BuyerPhoto.as_view(), name="my_talk_photo"),
]
