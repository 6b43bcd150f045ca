"""Notices about transfers: to the owner of the animal, and to the people of the carrier."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

QUOTED = "transfers.quoted"
DECLINED = "transfers.declined"
UNANSWERED = "transfers.unanswered"
QUOTE_OVER = "transfers.quote_over"
ENDS_SOON = "transfers.quote_ends_soon"
PICKED_UP = "transfers.picked_up"
EVENT = "transfers.event"
PROBLEM = "transfers.problem"
LEFT = "transfers.left_without_code"
CODE_SPENT = "transfers.code_spent"
DELIVERED = "transfers.delivered"
ASKED = "transfers.asked"
WITHDRAWN = "transfers.withdrawn"
ACCEPTED = "transfers.accepted"
FELL = "transfers.quote_fell"
DESK_PROBLEM = "transfers.desk_problem"
DESK_DELIVERED = "transfers.desk_delivered"
DISPUTED = "transfers.disputed"

PANEL = {Channel.PANEL}
_own = {"locked": PANEL, "why_locked": _("It is about your animal’s journey.")}
_desk = {"locked": PANEL, "why_locked": _("Somebody waits for it.")}


def _kind(code: str, title: object, body: object, **more: object) -> None:
    kinds.kind(code, category=Category.APPOINTMENTS, icon="truck", title=title, body=body, **more)  # type: ignore[arg-type]


_kind(QUOTED, _("{business}: a quote of {price}"), _("{animals}, {road}. It holds until {until}."), **_own)
_kind(DECLINED, _("{business} cannot carry {animals}"), _("{road}. “{reason}”"), **_own)
_kind(
    UNANSWERED, _("{business} did not answer in time"), _("{animals}, {road}. Ask another carrier."), **_own
)
_kind(
    QUOTE_OVER, _("The quote of {business} has ended"), _("{animals}, {road}. Ask again if you like."), **_own
)
_kind(
    ENDS_SOON,
    _("A quote ends at {until}"),
    _("{business}, {price} for {animals}, {road}."),
    urgent=True,
)
_kind(PICKED_UP, _("{animals}: picked up"), _("{driver} is on the way with it. Follow the journey."), **_own)
_kind(EVENT, "{animals}: {what}", "{text}")
_kind(PROBLEM, _("{animals}: something is wrong"), "{text}", urgent=True, **_own)
_kind(
    LEFT,
    _("Has {animals} arrived? Tell us"),
    _("It was handed over without your code: “{text}”. Without a word until {until} it counts as delivered."),
    urgent=True,
    **_own,
)
_kind(
    CODE_SPENT,
    _("Five wrong hand-over codes for {animals}"),
    _("Make a new code on the page of the journey and tell it to whoever receives."),
    urgent=True,
    **_own,
)
_kind(DELIVERED, _("{animals} has arrived"), _("{road}. Thank you for travelling with us."), **_own)
_kind(ASKED, _("Somebody asks for a quote: {road}"), _("{animals}, {when}. Answer until {until}."), **_desk)
_kind(WITHDRAWN, _("A request was taken back: {road}"), "{animals}, {when}", **_desk)
_kind(
    ACCEPTED,
    _("Your quote was accepted: {road}"),
    _("{animals}, {price}. It is fixed once it is paid."),
    **_desk,
)
_kind(
    FELL,
    _("Your quote could not be kept: {road}"),
    _("Vehicle or driver were booked meanwhile. Send {animals} a new quote until {until}."),
    urgent=True,
    **_desk,
)
_kind(DESK_PROBLEM, _("On the road: something is wrong with {animals}"), "{text}", urgent=True, **_desk)
_kind(DESK_DELIVERED, _("Delivered: {animals}"), "{road}", **_desk)
_kind(
    DISPUTED, _("“Has not arrived”: {animals}"), _("{road}. Its owner says: “{text}”"), urgent=True, **_desk
)
