"""Notices about stays."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

REPORT = "stays.report"
SHORTENED = "stays.shortened"
EXTENDED = "stays.extended"
GAVE_BACK = "stays.gave_back"
DECLINED = "stays.wish_declined"
LEAVES_EARLIER = "stays.leaves_earlier"
STAYS_LONGER = "stays.stays_longer"
WISHED = "stays.wished"

PANEL = {Channel.PANEL}
_own = {"locked": PANEL, "why_locked": _("It is about your own stay.")}
_desk = {"locked": PANEL, "why_locked": _("Somebody waits for it.")}


def _kind(code: str, title: object, body: object, **more: object) -> None:
    kinds.kind(code, category=Category.APPOINTMENTS, icon="paw-print", title=title, body=body, **more)  # type: ignore[arg-type]


_kind(REPORT, _("{business} wrote how {animals} is"), "{text}")
_kind(
    SHORTENED, _("{business}: your stay ends earlier, on {when}"), _("{animals}. {amount} goes back."), **_own
)
_kind(
    EXTENDED,
    _("{business}: your stay ends later, on {when}"),
    _("{animals}. {amount} more at the place."),
    **_own,
)
_kind(GAVE_BACK, _("{business} decided about unused nights"), _("{amount} goes back in all."), **_own)
_kind(DECLINED, _("{business}: longer is not possible"), _("{animals} leaves on {when}, as booked."), **_own)
_kind(
    LEAVES_EARLIER,
    _("Leaves earlier: {animals}, on {when}"),
    _("The nights are free again. Say on its page how much goes back."),
    **_desk,
)
_kind(STAYS_LONGER, _("Stays longer: {animals}, until {when}"), _("{amount} is paid at your place."), **_desk)
_kind(
    WISHED,
    _("Would like to stay longer: {animals}"),
    _("Until {when}. Answer on its page."),
    urgent=True,
    **_desk,
)
