"""Notices about orders."""

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
