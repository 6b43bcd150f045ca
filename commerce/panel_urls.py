"""Addresses of the store within the panel of a person."""

from django.urls import path

from . import panel_views as views

urlpatterns = [
    path("", views.Orders.as_view(), name="my_orders"),
    path("<str:number>/", views.OrderDetail.as_view(), name="my_order"),
    path("<str:number>/ode/", views.MyPay.as_view(), name="my_order_pay"),
    path("<str:number>/vazgec/", views.MyCancel.as_view(), name="my_order_cancel"),
    path("<str:number>/tekrar/", views.MyAgain.as_view(), name="my_order_again"),
    path("<str:number>/sozlesme/<int:position>/", views.MyContract.as_view(), name="my_contract"),
    path("<str:number>/belge/<uuid:public_id>/", views.MyDocument.as_view(), name="my_order_document"),
]
