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


class Word(TextChoices):
    """By whose word a parcel arrived."""

    SELLER = "seller", _("the seller says so")
    BUYER = "buyer", _("the buyer has it")
    TIMER = "timer", _("nobody said; counted as delivered after some days")


class CancelReason(TextChoices):
    """Why a parcel never left. Those of the seller, and lateness, count against it."""

    SOLD_OUT = "seller_sold_out", _("Not in stock after all")
    DAMAGED = "seller_damaged", _("Damaged while preparing")
    PRICE = "seller_price", _("Its price was wrong")
    ADDRESS = "seller_address", _("It cannot be sent to this address")
    OTHER = "seller_other", _("Another reason")
    LATE = "late", _("The buyer did not want to wait: it was late")


SELLERS_REASONS = (
    CancelReason.SOLD_OUT,
    CancelReason.DAMAGED,
    CancelReason.PRICE,
    CancelReason.ADDRESS,
    CancelReason.OTHER,
)
SELLERS_FAULT = frozenset({*SELLERS_REASONS, CancelReason.LATE})


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


class Review(TextChoices):
    """Of a product's words: it may look like something that may not be sold here."""

    NONE = "", _("No question")
    HELD = "held", _("Held for review")
    REFUSED = "refused", _("Refused")
    RELEASED = "released", _("Reviewed and released")


class HoldStatus(TextChoices):
    OPEN = "open", _("Waits for review")
    RELEASED = "released", _("Released")
    REFUSED = "refused", _("Refused")
    LEFT = "left", _("Its words were changed")  # nothing is found any more


_H = HoldStatus
HOLDS = Moves({_H.OPEN: {_H.RELEASED, _H.REFUSED, _H.LEFT}})


class ImportStatus(TextChoices):
    READING = "reading", _("Being read")
    READ = "read", _("Waits for your yes")
    WRITING = "writing", _("Being written")
    WRITTEN = "written", _("Written")
    UNDOING = "undoing", _("Being taken back")
    UNDONE = "undone", _("Taken back")
    DROPPED = "dropped", _("Dropped")
    FAILED = "failed", _("Could not be read")


_I = ImportStatus
IMPORT_WORKING = [_I.READING, _I.WRITING, _I.UNDOING]
IMPORTS = Moves(
    {
        _I.READING: {_I.READ, _I.FAILED, _I.DROPPED},
        _I.READ: {_I.WRITING, _I.DROPPED},
        _I.WRITING: {_I.WRITTEN},
        _I.WRITTEN: {_I.UNDOING},
        _I.UNDOING: {_I.UNDONE},
    }
)


class RowStatus(TextChoices):
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    REFUSED = "refused", _("Refused")
