"""Notices about orders and what follows a sale: to who bought, to the seller's people, to ours."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

NEW_ORDER = "commerce.new_order"
RELEASED = "commerce.order_released"

kinds.kind(
    NEW_ORDER,
    category=Category.MONEY,
    icon="package",
    title=_("{business}: new order {number}, {amount}"),
    body=_("{what}. It leaves by {day}."),
    locked={Channel.PANEL},
    why_locked=_("Somebody paid and waits."),
    urgent=True,
)
kinds.kind(
    RELEASED,
    category=Category.MONEY,
    icon="package",
    title=_("Your order {number} was not paid and is cancelled"),
    body=_("Nothing was charged. You can put it into your basket again."),
    channels={Channel.PANEL},  # a mail of its own goes with it
)
CANCELLED = "commerce.cancelled_by_buyer"
RETURN_ASKED = "commerce.return_asked"
RETURN_SENT = "commerce.return_sent"
RETURN_ACCEPTED = "commerce.return_accepted"
RETURN_REFUSED = "commerce.return_refused"
RETURN_DECIDED = "commerce.return_decided"
RETURN_DISPUTED = "commerce.return_disputed"
REVIEW_ASKED = "commerce.review_asked"
REVIEW_WRITTEN = "commerce.review_written"
REVIEW_SHOWN = "commerce.review_shown"
REVIEW_REFUSED = "commerce.review_refused"
REVIEW_ANSWERED = "commerce.review_answered"
REVIEW_TO_CHECK = "commerce.review_to_check"
IN_STOCK = "commerce.in_stock"

OWN_MONEY = _("It is about your own money.")
ON_DUTY = _("Somebody waits for a decision that we promised.")
PANEL_ONLY = {Channel.PANEL}  # a mail of its own goes with it


def _of_orders(code: str, icon: str, title: object, body: object = "{what}", **more: object) -> None:
    kinds.kind(code, category=Category.ORDERS, icon=icon, title=title, body=body, **more)  # type: ignore[arg-type]


_of_orders(CANCELLED, "ban", _("{number}: the buyer cancelled"))
_of_orders(RETURN_ASKED, "undo-2", _("{number}: something comes back, code {code}"))
_of_orders(RETURN_SENT, "truck", _("{number}: on its way back to you, code {code}"), channels=PANEL_ONLY)
_of_orders(RETURN_ACCEPTED, "undo-2", _("{number}: your return was accepted, {amount} goes back"))
_of_orders(
    RETURN_REFUSED,
    "triangle-alert",
    _("{number}: the seller refused your return"),
    channels=PANEL_ONLY,
    locked=PANEL_ONLY,
    why_locked=OWN_MONEY,
)
_of_orders(RETURN_DECIDED, "shield-check", _("{number}: we decided about the return"))
_of_orders(
    RETURN_DISPUTED,
    "triangle-alert",
    _("{number}: a refused return waits for our decision"),
    locked={Channel.PANEL},
    why_locked=ON_DUTY,
)
_of_orders(REVIEW_ASKED, "star", _("How is {what}?"), _("Your words help the next keeper."))
_of_orders(REVIEW_WRITTEN, "star", _("A buyer wrote about {what}"), "")
_of_orders(REVIEW_SHOWN, "star", _("Your review of {what} is shown"), "", channels=PANEL_ONLY)
_of_orders(REVIEW_REFUSED, "star", _("Your review of {what} is not shown"), "{why}")
_of_orders(REVIEW_ANSWERED, "star", _("The seller answered your review of {what}"), "")
_of_orders(REVIEW_TO_CHECK, "star", _("A review of {what} waits to be looked at"), "{why}")
_of_orders(IN_STOCK, "store", _("{what} is in stock again"), "", channels=PANEL_ONLY)
