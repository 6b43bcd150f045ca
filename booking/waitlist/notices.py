"""Notices of the waiting list, to who waits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

OFFERED = "waitlist.offered"
MISSED = "waitlist.missed"
ENDED = "waitlist.ended"

_OWN: dict[str, Any] = {"locked": {Channel.PANEL}, "why_locked": _("It is about a time you wait for.")}

kinds.kind(
    OFFERED,
    category=Category.APPOINTMENTS,
    icon="calendar-check",
    title=_("A time is free: {what}, {when}"),
    body=_(
        "{business} keeps it for you until {until}. Take it, or press “Pass on” on its page so that "
        "whoever is next gets it."
    ),
    urgent=True,
    **_OWN,
)
kinds.kind(
    MISSED,
    category=Category.APPOINTMENTS,
    icon="hourglass",
    title=_("The time kept for you is free again: {what}, {when}"),
    body=_("Nobody took it until {until}. You can get in line again on its page."),
    **_OWN,
)
kinds.kind(
    ENDED,
    category=Category.APPOINTMENTS,
    icon="hourglass",
    title=_("Nothing became free: {what}"),
    body=_("{business}, {days}. These days are over, so you are no longer in line."),
    channels=[Channel.PANEL],
    **_OWN,
)
