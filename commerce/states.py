"""The life of a parcel (what one seller sends of one order) as a table of allowed moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class ParcelStatus(TextChoices):
    UNPAID = "unpaid", _("Waiting for payment")
    NEW = "new", _("Waiting for the seller")  # paid
    ACCEPTED = "accepted", _("Accepted")
    PREPARING = "preparing", _("Being prepared")
    SHIPPED = "shipped", _("On its way")
    DELIVERED = "delivered", _("Delivered")
    CLOSED = "closed", _("Closed")  # past the time of return; the seller has earned it
    CANCELLED = "cancelled", _("Cancelled")
    RETURNED = "returned", _("Sent back")  # all of it


_P = ParcelStatus
BEFORE_SHIPPING = frozenset({_P.NEW, _P.ACCEPTED, _P.PREPARING})
PARCELS = Moves(
    {
        _P.UNPAID: {_P.NEW, _P.CANCELLED},
        _P.NEW: {_P.ACCEPTED, _P.CANCELLED},
        _P.ACCEPTED: {_P.PREPARING, _P.CANCELLED},
        _P.PREPARING: {_P.SHIPPED, _P.CANCELLED},
        _P.SHIPPED: {_P.DELIVERED, _P.RETURNED},
        _P.DELIVERED: {_P.CLOSED, _P.RETURNED},
        _P.CLOSED: {_P.RETURNED},  # announced in time, arrived later
    }
)


class OrderStatus(TextChoices):
    """Of the order as a whole, in Oscar's own column; it follows its parcels."""

    PENDING = "pending", _("Waiting for payment")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")


class Withdrawal(TextChoices):
    """May it be sent back within 14 days? If not, why (regulation on distance contracts, art. 15)."""

    ALLOWED = "allowed", _("May be sent back within 14 days")
    MADE_TO_MEASURE = "made_to_measure", _("Made to measure: cannot be sent back")
    PERISHABLE = "perishable", _("Spoils soon: cannot be sent back")
    HYGIENE = "hygiene", _("Cannot be sent back once its seal is opened")
    MEDIA = "media", _("Recordings and software: cannot be sent back once opened")
    PERIODICAL = "periodical", _("Newspaper or magazine: cannot be sent back")
