"""Addresses of this room for people. Those of machines: machine_urls.py."""

from django.urls import path

from .views import checkout, panel

app_name = "payments"
urlpatterns = [
    path("odeme/<uuid:public_id>/", checkout.Checkout.as_view(), name="checkout"),
    path("odeme/<uuid:public_id>/sayfa/", checkout.Page.as_view(), name="page"),
    path("odeme/<uuid:public_id>/durum/", checkout.Now.as_view(), name="state"),
    path("odeme/<uuid:public_id>/sor/", checkout.AskNow.as_view(), name="ask"),
    path("panel/finans/odemeler/", panel.Payments.as_view(), name="list"),
    path("panel/finans/odemeler/<uuid:public_id>/", panel.PaymentPage.as_view(), name="payment"),
    path("panel/finans/cuzdan/", panel.Wallet.as_view(), name="wallet"),
    path("panel/finans/cuzdan/yukle/", panel.TopUp.as_view(), name="top_up"),
]
