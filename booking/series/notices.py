"""Notices about courses: one for all sessions."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

FIXED = "series.fixed"
NEW = "series.new"
LATE_MONEY = "series.late_money"
REST_LEFT = "series.rest_cancelled"
REST_CANCELLED_BY_ME = "series.rest_cancelled_by_me"

PANEL = {Channel.PANEL}
_own = {"locked": PANEL, "why_locked": _("It is about your own time.")}
_desk = {"locked": PANEL, "why_locked": _("Somebody waits for it.")}


def _kind(code: str, title: object, body: object, **more: object) -> None:
    kinds.kind(code, category=Category.APPOINTMENTS, icon="calendar-days", title=title, body=body, **more)  # type: ignore[arg-type]


_kind(
    FIXED,
    _("{business}: your course is fixed"),
    _("{what}: {sessions} sessions, the first on {when}. All of them stand on its page."),
    **_own,
)
_kind(
    LATE_MONEY,
    _("Your payment came too late, it goes back"),
    _("{what}: not all sessions are free any more. {amount} goes back the way it came."),
    **_own,
)
_kind(
    REST_CANCELLED_BY_ME, _("You cancelled the rest of {what}"), _("{sessions} sessions. {amount} goes back.")
)
_kind(NEW, _("New course: {what}, {sessions} sessions"), _("{who}. The first on {when}."), **_desk)
_kind(
    REST_LEFT,
    _("Rest of a course cancelled: {what}"),
    _("{who}. {sessions} sessions are free again."),
    **_desk,
)
