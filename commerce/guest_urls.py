"""Addresses of an order for whoever bought without an account."""

from django.urls import path

from . import panel_views as views

urlpatterns = [
    path("<str:number>/", views.GuestOrder.as_view(), name="guest_order"),
    path("<str:number>/ode/", views.GuestPay.as_view(), name="guest_order_pay"),
    path("<str:number>/vazgec/", views.GuestCancel.as_view(), name="guest_order_cancel"),
    path("<str:number>/tekrar/", views.GuestAgain.as_view(), name="guest_order_again"),
    path("<str:number>/sozlesme/<int:position>/", views.GuestContract.as_view(), name="guest_contract"),
    path("<str:number>/belge/<uuid:public_id>/", views.GuestDocument.as_view(), name="guest_order_document"),
]
