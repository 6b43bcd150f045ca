"""Addresses of bookings in the panel of a business."""

from django.urls import path

from . import booking_views as bookings
from . import calendar_views as calendar
from . import figures_views as figures
from . import offering_views as offerings
from . import resource_views as resources

PANEL = "isletme/<slug:business>/"
CALENDAR = f"{PANEL}takvim/"
ONE = f"{PANEL}randevular/<uuid:public_id>/"
OFFERINGS = f"{PANEL}hizmetler/"
RESOURCES = f"{PANEL}kaynaklar/"
RESOURCE = f"{RESOURCES}<uuid:public_id>/"

of_calendar = [
    path(CALENDAR, calendar.Calendar.as_view(), name="business_calendar"),
    path(f"{CALENDAR}yeni/", calendar.WalkIn.as_view(), name="business_walk_in"),
    path(f"{CALENDAR}kapat/", calendar.Block.as_view(), name="business_block"),
    path(f"{CALENDAR}yok/<int:pk>/", calendar.AbsencePage.as_view(), name="business_absence"),
    path(f"{CALENDAR}yok/<int:pk>/kaldir/", calendar.RemoveAbsence.as_view(), name="business_absence_remove"),
    path(f"{PANEL}istekler/", calendar.Requests.as_view(), name="business_requests"),
]
of_booking = [
    path(ONE, bookings.BookingPage.as_view(), name="business_booking"),
    path(f"{ONE}tasi/", bookings.Move.as_view(), name="business_booking_move"),
    path(f"{ONE}geri-tasi/", bookings.Undo.as_view(), name="business_booking_undo"),
    path(f"{ONE}reddet/", bookings.Decline.as_view(), name="business_booking_decline"),
    path(f"{ONE}iptal/", bookings.Cancel.as_view(), name="business_booking_cancel"),
    path(f"{ONE}adim/<slug:step>/", bookings.Step.as_view(), name="business_booking_step"),
]
of_offerings = [
    path(OFFERINGS, offerings.Offerings.as_view(), name="business_offerings"),
    path(f"{OFFERINGS}kurulum/", offerings.SetUp.as_view(), name="business_booking_setup"),
    path(f"{OFFERINGS}yeni/", offerings.SaveOffering.as_view(), name="business_offering_new"),
    path(f"{OFFERINGS}<uuid:public_id>/", offerings.SaveOffering.as_view(), name="business_offering"),
    path(
        f"{OFFERINGS}<uuid:public_id>/ac-kapat/", offerings.Switch.as_view(), name="business_offering_switch"
    ),
]
of_resources = [
    path(RESOURCES, resources.Resources.as_view(), name="business_resources"),
    path(f"{RESOURCES}yeni/", resources.SaveResource.as_view(), name="business_resource_new"),
    path(RESOURCE, resources.SaveResource.as_view(), name="business_resource"),
    path(f"{RESOURCE}saatler/", resources.Shifts.as_view(), name="business_resource_shifts"),
    path(f"{RESOURCE}kaldir/", resources.Retire.as_view(), name="business_resource_retire"),
    path(f"{RESOURCE}takvim/", resources.AddFeed.as_view(), name="business_feed_add"),
    path(f"{RESOURCE}takvim/<int:pk>/kaldir/", resources.RemoveFeed.as_view(), name="business_feed_remove"),
]
urlpatterns = [
    *of_calendar,
    *of_booking,
    *of_offerings,
    *of_resources,
    path(f"{PANEL}finans/randevular/", figures.BookingFigures.as_view(), name="business_booking_figures"),
]
