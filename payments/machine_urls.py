"""Addresses that providers know: without language, since they are written into their panels."""

from django.urls import path

from .views import machines

urlpatterns = [
    path("bildirim/<slug:provider>/", machines.TakeCallback.as_view(), name="payments_callback"),
    path("<uuid:public_id>/donus/<slug:reference>/", machines.TakeReturn.as_view(), name="payments_return"),
]
