"""Refusals of the books, in words for people."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class NotEnough(Refused):
    code = "not_enough"
    message = _("There is not enough on this account.")


class AlreadyReversed(Refused):
    code = "already_reversed"
    message = _("This has been reversed already.")


class KeyUsed(Refused):
    """A bug of the caller: one key, two different postings."""

    code = "key_used"
    message = _("This was booked already, with other figures.")


class DayClosed(Refused):
    code = "day_closed"
    message = _("The books of this day are closed.")


class RefundTooLarge(Refused):
    code = "refund_too_large"
    message = _("This is more than what is left of the payment.")


class CreditTooLarge(Refused):
    code = "credit_too_large"
    message = _("This is more than what is left of the document.")


class NoAddress(Refused):
    code = "no_address"
    message = _("The business has no e-mail yet. Add it under Profile first.")


class NothingToBundle(Refused):
    code = "nothing_to_bundle"
    message = _("There is no document in this choice.")


class TooManyDocuments(Refused):
    code = "too_many_documents"

    def __init__(self, most: int) -> None:
        self.message = _("These are more than %(most)d documents. Choose a shorter range.") % {"most": most}


class TooManyBundles(Refused):
    code = "too_many_bundles"
    message = _("Three files are being made for you. Wait until one of them is ready.")


class Unbalanced(ValueError):
    """A bug of the caller: the legs do not sum to zero."""


class RateTooSoon(Refused):
    code = "rate_too_soon"
    message = _("Sellers have to know of this earlier.")


class RateOverlaps(Refused):
    code = "rate_overlaps"
    message = _("Another rate holds at that time.")


class RateInForce(Refused):
    code = "rate_in_force"
    message = _("This rate has begun already; set another one that follows it.")
