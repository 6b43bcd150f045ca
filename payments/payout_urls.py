"""Addresses of "Finans > Kazanç" and "Finans > Hakedişler" of a business."""

from django.urls import path

from .views import earnings, payouts

app_name = "payouts"
FINANCE = "isletme/<slug:business>/finans/"
SALES, PAYOUTS = f"{FINANCE}satislar/", f"{FINANCE}hakedisler/"

urlpatterns = [
    path(f"{FINANCE}kazanc/", earnings.Earnings.as_view(), name="earnings"),
    path(SALES, earnings.Sales.as_view(), name="sales"),
    path(f"{SALES}indir.csv", earnings.SalesFile.as_view(), name="sales_file"),
    path(f"{SALES}<int:pk>/", earnings.Sale.as_view(), name="sale"),
    path(PAYOUTS, payouts.Payouts.as_view(), name="payouts"),
    path(f"{PAYOUTS}iste/", payouts.AskForPayout.as_view(), name="ask"),
    path(f"{PAYOUTS}plan/", payouts.ChangePlan.as_view(), name="plan"),
    path(f"{PAYOUTS}<uuid:public_id>/", payouts.OnePayout.as_view(), name="payout"),
    path(f"{PAYOUTS}<uuid:public_id>/vazgec/", payouts.CancelPayout.as_view(), name="cancel"),
]
