"""Notices about bookings: to who booked, and to the people of the business."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

CONFIRMED = "booking.confirmed"
DECLINED = "booking.declined"
CANCELLED = "booking.cancelled_by_provider"
MOVED = "booking.moved"
REMINDER = "booking.reminder"
LATE_MONEY = "booking.late_money"
NEW = "booking.new"
REQUESTED = "booking.requested"
LEFT = "booking.cancelled_by_customer"
MOVED_BY_CUSTOMER = "booking.moved_by_customer"

WAITS = _("Somebody waits for it.")
PANEL = {Channel.PANEL}


def _kind(code: str, title: object, body: object = "{what}, {when}", **more: object) -> None:
    kinds.kind(code, category=Category.APPOINTMENTS, icon="calendar-days", title=title, body=body, **more)  # type: ignore[arg-type]


_own = {"locked": PANEL, "why_locked": _("It is about your own time.")}
_kind(CONFIRMED, _("{business}: your appointment is fixed"), **_own)
_kind(
    DECLINED, _("{business} did not take your request"), _("{what}, {when}. What you paid goes back."), **_own
)
_kind(CANCELLED, _("{business} cancelled your appointment"), _("{what}, {when}. {amount} goes back."), **_own)
_kind(
    MOVED,
    _("{business} moved your appointment"),
    _("{what}. It was on {before}, now it is on {when}."),
    **_own,
)
_kind(REMINDER, _("Reminder: {what}, {when}"), _("{business}. Move or cancel it on its page."), urgent=True)
_kind(
    LATE_MONEY,
    _("Your payment came too late, it goes back"),
    _("{what}, {when}: somebody else has this time by now. {amount} goes back the way it came."),
    **_own,
)
_desk = {"locked": PANEL, "why_locked": WAITS}
_kind(NEW, _("New appointment: {what}, {when}"), "{who}", **_desk)
_kind(
    REQUESTED, _("A request waits: {what}, {when}"), _("{who}. Answer until {until}."), urgent=True, **_desk
)
_kind(LEFT, _("Cancelled: {what}, {when}"), "{who}", **_desk)
_kind(MOVED_BY_CUSTOMER, _("Moved: {what}, {when}"), _("{who}. It was on {before}."), **_desk)
