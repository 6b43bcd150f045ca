"""Addresses of "Siparişler" and "Satış özeti" in the panel of a seller."""

from django.urls import path

from . import figures_views, parcel_views, talk_views

app_name = "parcels"
STORE = "isletme/<slug:business>/magaza/"
ORDERS = f"{STORE}siparisler/"
ONE = f"{ORDERS}<uuid:public_id>/"

urlpatterns = [
    path(ORDERS, parcel_views.Parcels.as_view(), name="list"),
    path(f"{ORDERS}fisler.pdf", parcel_views.Slips.as_view(), name="slips"),
    path(f"{ORDERS}kargo/", parcel_views.ShippingTermsView.as_view(), name="terms"),
    path(f"{ORDERS}mesajlar/", talk_views.SellerTalks.as_view(), name="talks"),
    path(ONE, parcel_views.Parcel.as_view(), name="parcel"),
    path(f"{ONE}iptal/", parcel_views.CancelParcel.as_view(), name="cancel"),
    path(f"{ONE}fis/", parcel_views.Slip.as_view(), name="slip"),
    path(f"{ONE}mesajlar/", talk_views.SellerTalk.as_view(), name="talk"),
    path(f"{ONE}mesajlar/foto/<int:pk>/", talk_views.SellerPhoto.as_view(), name="photo"),
    path(f"{STORE}satis-ozeti/", figures_views.Figures.as_view(), name="figures"),
    path(f"{STORE}satis-ozeti/indir.csv", figures_views.OrdersFile.as_view(), name="file"),
]
