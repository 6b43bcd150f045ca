"""Notices about bookings: to who booked, and to the people of the business."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

from . import letters

CONFIRMED = "booking.confirmed"
DECLINED = "booking.declined"
CANCELLED = "booking.cancelled_by_provider"
MOVED = "booking.moved"
REMINDER = "booking.reminder"
LATE_MONEY = "booking.late_money"
CANCELLED_BY_ME = "booking.cancelled_by_me"
MOVED_BY_ME = "booking.moved_by_me"
NEW = "booking.new"
REQUESTED = "booking.requested"
LEFT = "booking.cancelled_by_customer"
MOVED_BY_CUSTOMER = "booking.moved_by_customer"

WAITS = _("Somebody waits for it.")
PANEL = {Channel.PANEL}


def _kind(code: str, title: object, body: object = "{what}, {when}", **more: object) -> None:
    kinds.kind(code, category=Category.APPOINTMENTS, icon="calendar-days", title=title, body=body, **more)  # type: ignore[arg-type]


_own = {"locked": PANEL, "why_locked": _("It is about your own time.")}
_invites: dict[str, Any] = {"in_mail": letters.invitation}
_kind(CONFIRMED, _("{business}: your appointment is fixed"), **_own, **_invites)
_kind(
    DECLINED, _("{business} did not take your request"), _("{what}, {when}. What you paid goes back."), **_own
)
_kind(
    CANCELLED,
    _("{business} cancelled your appointment"),
    "{what}, {when}. {back}",
    **_own,
    **_invites,
)
_kind(
    CANCELLED_BY_ME,
    _("You cancelled: {what}, {when}"),
    "{business}. {back}",
    **_invites,
)
_kind(
    MOVED,
    _("{business} moved your appointment"),
    _("{what}. It was on {before}, now it is on {when}."),
    **_own,
    **_invites,
)
_kind(
    MOVED_BY_ME,
    _("You moved: {what}, {when}"),
    _("{business}. It was on {before}."),
    **_invites,
)
_kind(
    REMINDER,
    _("Reminder: {what}, {when}"),
    _("{business}. Say that you come, or give the time back."),
    urgent=True,
    in_mail=letters.question,
)
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
