"""Addresses of what follows a sale: of buyers with and without account, of sellers, of the product pages."""

from django.urls import path

from . import cancel_views, return_views, review_views, seller_return_views, wish_views

ORDER = "panel/siparisler/<str:number>/"
PARCEL = f"{ORDER}<int:position>/"
RETURN = "panel/iadeler/<uuid:public_id>/"
GUEST = "iade/<uuid:public_id>/"
SELLER = "isletme/<slug:business>/iadeler/"
REVIEWS = "isletme/<slug:business>/yorumlar/"

urlpatterns = [
    path(f"{PARCEL}iptal/", cancel_views.OwnCancel.as_view(), name="my_parcel_cancel"),
    path(f"{PARCEL}iade/", return_views.OwnSendBack.as_view(), name="my_parcel_return"),
    path("panel/iadeler/", return_views.MyReturns.as_view(), name="my_returns"),
    path(RETURN, return_views.OwnReturn.as_view(), name="my_return"),
    path(f"{RETURN}fotograf/<int:pk>/", return_views.OwnPhoto.as_view(), name="my_return_photo"),
    path("iade/", return_views.AboutReturns.as_view(), name="about_returns"),
    path(GUEST, return_views.GuestReturn.as_view(), name="guest_return"),
    path(f"{GUEST}fotograf/<int:pk>/", return_views.GuestPhoto.as_view(), name="guest_return_photo"),
    path("iade/koli/<uuid:public_id>/", return_views.GuestSendBack.as_view(), name="guest_parcel_return"),
    path("iade/koli/<uuid:public_id>/iptal/", cancel_views.GuestCancel.as_view(), name="guest_parcel_cancel"),
    path(SELLER, seller_return_views.Returns.as_view(), name="seller_returns"),
    path(f"{SELLER}<uuid:public_id>/", seller_return_views.OneReturn.as_view(), name="seller_return"),
    path(
        f"{SELLER}<uuid:public_id>/geldi/", seller_return_views.Arrive.as_view(), name="seller_return_arrive"
    ),
    path(
        f"{SELLER}<uuid:public_id>/kabul/", seller_return_views.Accept.as_view(), name="seller_return_accept"
    ),
    path(f"{SELLER}<uuid:public_id>/ret/", seller_return_views.Refuse.as_view(), name="seller_return_refuse"),
    path(
        f"{SELLER}<uuid:public_id>/fotograf/<int:pk>/",
        seller_return_views.SellerPhoto.as_view(),
        name="seller_return_photo",
    ),
    path(REVIEWS, review_views.SellerReviews.as_view(), name="seller_reviews"),
    path(f"{REVIEWS}<int:pk>/", review_views.AnswerReview.as_view(), name="seller_review"),
    path("panel/yorumlar/", review_views.MyReviews.as_view(), name="my_reviews"),
    path("panel/yorumlar/urun/<int:pk>/", review_views.WriteReview.as_view(), name="my_review"),
    path("panel/yorumlar/<int:pk>/sil/", review_views.RemoveReview.as_view(), name="my_review_remove"),
    path("panel/istek-listesi/", wish_views.Wishes.as_view(), name="my_wishes"),
    path("panel/istek-listesi/ekle/<int:pk>/", wish_views.AddWish.as_view(), name="wish_add"),
    path("panel/istek-listesi/<int:pk>/cikar/", wish_views.RemoveWish.as_view(), name="wish_remove"),
    path("panel/stok-haberleri/<int:pk>/birak/", wish_views.DropAlert.as_view(), name="alert_drop"),
    path(
        "magaza/<slug:product_slug>_<int:pk>/yorumlar/",
        review_views.ProductReviews.as_view(),
        name="product_reviews",
    ),
    path("magaza/yorum/<int:pk>/bildir/", review_views.ReportReview.as_view(), name="review_report"),
    path("magaza/stok-haberi/<int:pk>/", wish_views.AskAlert.as_view(), name="alert_ask"),
    path("magaza/stok-haberi/onay/<str:key>/", wish_views.ConfirmAlert.as_view(), name="alert_confirm"),
    path("magaza/stok-haberi/birak/<str:key>/", wish_views.StopAlert.as_view(), name="alert_stop"),
]
