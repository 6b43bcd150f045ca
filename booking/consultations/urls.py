"""Addresses of consultations: in the panel of a person and in that of a business."""

from django.urls import path

from . import desk_views as desk
from . import owner_views as owner

MINE = "panel/randevular/<uuid:public_id>/gorusme/"
DESK = "isletme/<slug:business>/randevular/<uuid:public_id>/gorusme/"

urlpatterns = [
    path(MINE, owner.MyRoom.as_view(), name="my_consultation"),
    path(f"{MINE}gelen-olmadi/", owner.NobodyCame.as_view(), name="my_consultation_nobody"),
    path(f"{MINE}ozet/", owner.MySummary.as_view(), name="my_consultation_summary"),
    path(DESK, desk.DeskRoom.as_view(), name="business_consultation"),
    path(f"{DESK}yer/", desk.Address.as_view(), name="business_consultation_address"),
    path(f"{DESK}ozet/", desk.WriteSummary.as_view(), name="business_consultation_summary"),
]
