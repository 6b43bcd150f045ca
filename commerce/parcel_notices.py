"""Notices about parcels: to the buyer, and to the people of the seller."""

from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.categories import Category, Channel

ACCEPTED = "commerce.parcel_accepted"
SHIPPED = "commerce.parcel_shipped"
DELIVERED = "commerce.parcel_delivered"
CANCELLED = "commerce.parcel_cancelled"
CORRECTED = "commerce.parcel_corrected"
LATE = "commerce.parcel_late"
SELLER_LATE = "commerce.seller_parcel_late"
SELLER_CANCELLED = "commerce.seller_parcel_cancelled"
MESSAGE = "commerce.parcel_message"

OWN_ORDER = _("It is about your own order.")
ON_DUTY = _("A buyer waits for it.")


def _to_buyer(code: str, icon: str, title: object, body: object = "") -> None:
    """A mail of its own goes with it, also to guests."""
    kinds.kind(
        code,
        category=Category.ORDERS,
        icon=icon,
        title=title,
        body=body,
        channels={Channel.PANEL},
        locked={Channel.PANEL},
        why_locked=OWN_ORDER,
    )


_to_buyer(ACCEPTED, "check", _("{seller} has accepted your order {number}"), _("It leaves by {leaves}."))
_to_buyer(SHIPPED, "truck", _("Your order {number} is on its way"), _("{carrier} {tracking}"))
_to_buyer(CORRECTED, "truck", _("Your order {number} has another tracking number"), _("{carrier} {tracking}"))
_to_buyer(DELIVERED, "package", _("Your order {number} was delivered"), "{word}")
_to_buyer(
    CANCELLED, "ban", _("{seller} cannot send your order {number}"), _("{reason}. {amount} goes back to you.")
)
_to_buyer(LATE, "clock", _("Your order {number} is late"), _("{seller} knows. Look at what you can do."))
kinds.kind(
    SELLER_LATE,
    category=Category.ORDERS,
    icon="triangle-alert",
    title=_("{number} is late"),
    body=_("It should be there by {due}. The buyer was told."),
    locked={Channel.PANEL, Channel.EMAIL},
    why_locked=ON_DUTY,
)
kinds.kind(
    SELLER_CANCELLED,
    category=Category.ORDERS,
    icon="ban",
    title=_("{number} was cancelled by its buyer"),
    body=_("{reason}. Do not send it; its stock is free again."),
    locked={Channel.PANEL, Channel.EMAIL},
    why_locked=_("You would send what nobody pays for."),
)
kinds.kind(
    MESSAGE,
    category=Category.ORDERS,
    icon="mail",
    title=_("{who} wrote about {number}"),
    body=_("Read and answer it in your panel."),
)
