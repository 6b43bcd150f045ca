"""Addresses of this room: the form and signed links, the panels, the desk."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from .boxes import BOXES
from .views import desk, letters, panel, public


class Reference(StringConverter):
    regex = "DT-[0-9A-Z]{6}"


register_converter(Reference, "ticket")

app_name = "support"

of_ticket = [
    path("", desk.DeskTicket.as_view(), name="desk_ticket"),
    path("ata/", desk.AssignTicket.as_view(), name="desk_assign"),
    path("ustlen/", desk.TakeTicket.as_view(), name="desk_take"),
    path("ayir/", desk.SortTicket.as_view(), name="desk_sort"),
    path("birlestir/", desk.MergeTicket.as_view(), name="desk_merge"),
    path("islem/<slug:act>/", desk.DoAct.as_view(), name="desk_act"),
    path("buradayim/", desk.Beat.as_view(), name="desk_beat"),
    path("dosya/<int:pk>/", desk.DeskFile.as_view(), name="desk_file"),
]

urlpatterns = [
    path("destek/", public.NewTicket.as_view(), name="new"),
    path("destek/oneri/", public.suggest, name="suggest"),
    path("destek/oneri/<int:pk>/cozdu/", public.solved_it, name="solved_it"),
    path("destek/alindi/<ticket:reference>/", public.receipt, name="receipt"),
    path("destek/talep/<str:token>/", public.GuestTicket.as_view(), name="guest"),
    path("destek/talep/<str:token>/dosya/<int:pk>/", public.GuestFile.as_view(), name="guest_file"),
    path("destek/puan/<str:token>/", public.RateTicket.as_view(), name="rate"),
    path("panel/destek/", panel.MyTickets.as_view(), name="list"),
    path("panel/destek/hesabimi-askiya-al/", panel.AskForPause.as_view(), name="pause"),
    path("panel/destek/<ticket:reference>/", panel.MyTicket.as_view(), name="ticket"),
    path("panel/destek/<ticket:reference>/dosya/<int:pk>/", panel.MyFile.as_view(), name="file"),
    path("isletme/<slug:business>/destek/", panel.BusinessTickets.as_view(), name="business_list"),
    path("isletme/<slug:business>/destek/yeni/", panel.NewBusinessTicket.as_view(), name="business_new"),
    path(
        "isletme/<slug:business>/destek/<ticket:reference>/",
        panel.BusinessTicket.as_view(),
        name="business_ticket",
    ),
    path(
        "isletme/<slug:business>/destek/<ticket:reference>/dosya/<int:pk>/",
        panel.BusinessFile.as_view(),
        name="business_file",
    ),
    path("panel/masa/", desk.Line.as_view(), name="desk"),
    *(
        path(f"panel/masa/{box.path}/", desk.Line.as_view(box=box.code), name=f"desk_{box.code}")
        for box in BOXES
    ),
    path("panel/masa/postalar/", letters.Letters.as_view(), name="desk_letters"),
    path("panel/masa/postalar/<int:pk>/", letters.LetterAct.as_view(), name="desk_letter"),
    path("panel/masa/<ticket:reference>/", include(of_ticket)),
]
