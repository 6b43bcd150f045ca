"""Addresses of transfers: of everybody, of an owner, of a carrier, of a driver."""

from django.urls import path

from . import asking_views as asking
from . import desk_views as desk
from . import driver_views as driver
from . import owner_views as owner
from . import shared_views as shared

MINE = "panel/nakil/"
ASKED = f"{MINE}istek/<uuid:public_id>/"
ONE = f"{MINE}<uuid:public_id>/"
PANEL = "isletme/<slug:business>/"
QUOTE = f"{PANEL}teklifler/<uuid:public_id>/"
RIDE = f"{PANEL}nakiller/<uuid:public_id>/"
LINK = "nakil/surucu/<str:token>/"
SHARED = "nakil/izle/<str:token>/"

of_owner = [
    path("randevu/<uuid:public_id>/teklif/", asking.Ask.as_view(), name="offering_quote"),
    path(MINE, owner.Transfers.as_view(), name="my_transfers"),
    path(ASKED, owner.RequestPage.as_view(), name="my_transfer_request"),
    path(f"{ASKED}vazgec/", owner.Withdraw.as_view(), name="my_transfer_withdraw"),
    path(f"{ASKED}kabul/<uuid:quote>/", owner.Accept.as_view(), name="my_transfer_accept"),
    path(ONE, owner.Journey.as_view(), name="my_transfer"),
    path(f"{ONE}canli/", owner.Live.as_view(), name="my_transfer_live"),
    path(f"{ONE}kod/", owner.Code.as_view(), name="my_transfer_code"),
    path(f"{ONE}paylas/", owner.Share.as_view(), name="my_transfer_share"),
    path(f"{ONE}haber/", owner.TellEvents.as_view(), name="my_transfer_tell"),
    path(f"{ONE}ulasti/", owner.Confirm.as_view(), name="my_transfer_confirm"),
    path(f"{ONE}ulasmadi/", owner.Dispute.as_view(), name="my_transfer_dispute"),
    path(f"{ONE}foto/<uuid:event>/", owner.Photo.as_view(), name="my_transfer_photo"),
]
of_shared = [
    path(SHARED, shared.Shared.as_view(), name="transfer_shared"),
    path(f"{SHARED}canli/", shared.SharedLive.as_view(), name="transfer_shared_live"),
    path(f"{SHARED}foto/<uuid:event>/", shared.SharedPhoto.as_view(), name="transfer_shared_photo"),
]
of_desk = [
    path(f"{PANEL}teklifler/", desk.Quotes.as_view(), name="business_quotes"),
    path(QUOTE, desk.QuotePage.as_view(), name="business_quote"),
    path(f"{QUOTE}reddet/", desk.Decline.as_view(), name="business_quote_decline"),
    path(f"{PANEL}nakiller/", desk.Journeys.as_view(), name="business_transfers"),
    path(RIDE, desk.Journey.as_view(), name="business_transfer"),
    path(f"{RIDE}canli/", desk.Live.as_view(), name="business_transfer_live"),
    path(f"{RIDE}foto/<uuid:event>/", desk.Photo.as_view(), name="business_transfer_photo"),
    path(f"{RIDE}baglanti/", desk.SendLink.as_view(), name="business_transfer_link"),
]
of_driver = [
    path(f"{RIDE}surucu/", driver.Drive.as_view(), name="business_transfer_drive"),
    path(f"{RIDE}surucu/<slug:step>/", driver.DriveStep.as_view(), name="business_transfer_step"),
    path(LINK, driver.ByLink.as_view(), name="transfer_driver"),
    path(f"{LINK}<slug:step>/", driver.ByLinkStep.as_view(), name="transfer_driver_step"),
]
urlpatterns = [*of_owner, *of_shared, *of_desk, *of_driver]
