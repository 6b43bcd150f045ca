"""Addresses of stays."""

from django.urls import path

from ..desk_urls import ONE, PANEL
from . import desk_views as desk
from . import owner_views as mine

MINE = "panel/randevular/<uuid:public_id>/"
PHOTO = "fotograf/<int:pk>/<slug:size>.jpg"

urlpatterns = [
    path(f"{MINE}{PHOTO}", mine.MyPhoto.as_view(), name="my_stay_photo"),
    path(f"{MINE}ayrilis/", mine.MyLeaving.as_view(), name="my_stay_leaving"),
    path(f"{MINE}ayrilis/geri-al/", mine.TakeBackWish.as_view(), name="my_stay_wish_back"),
    path(f"{PANEL}raporlar/", desk.Reports.as_view(), name="business_reports"),
    path(f"{ONE}rapor/", desk.WriteReport.as_view(), name="business_stay_report"),
    path(f"{ONE}{PHOTO}", desk.Photo.as_view(), name="business_stay_photo"),
    path(f"{ONE}ayrilis/", desk.Leaving.as_view(), name="business_stay_leaving"),
    path(f"{ONE}ayrilis/<int:pk>/iade/", desk.GiveBack.as_view(), name="business_stay_back"),
    path(f"{ONE}ayrilis/kabul/", desk.AcceptWish.as_view(), name="business_stay_wish_accept"),
    path(f"{ONE}ayrilis/reddet/", desk.DeclineWish.as_view(), name="business_stay_wish_decline"),
]
