"""Refusals of what follows a sale, in words for people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class AlreadySent(Refused):
    code = "already_sent"
    message = _("It is on its way already, so it cannot be cancelled any more. You can send it back.")


class NothingChosen(Refused):
    code = "nothing_chosen"
    message = _("Choose at least one piece.")


class TooMany(Refused):
    code = "too_many"
    message = _("So many pieces are not left.")


class AmountChanged(Refused):
    code = "amount_changed"
    message = _("The amount has changed in the meantime. Look at it again and decide anew.")


class NotReturnable(Refused):
    """`reason` says why, for the line that was asked for."""

    code = "not_returnable"
    message: Any = _("This cannot be sent back.")

    def __init__(self, reason: Any = "") -> None:
        super().__init__(str(reason))
        self.message = reason or self.message


class TooLate(Refused):
    code = "too_late"
    message = _("The time for sending it back is over. If something is wrong with it, write to support.")


class NeedsEvidence(Refused):
    code = "needs_evidence"
    message = _("Say what you found and add at least one picture.")


class AlreadyDisputed(Refused):
    code = "already_disputed"
    message = _("We look at it already.")


class OwnBusiness(Refused):
    code = "own_business"
    message = _("Nobody decides about a business she works for.")


class MayNotReview(Refused):
    code = "may_not_review"

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


class AlreadyReviewed(Refused):
    code = "already_reviewed"
    message = _("You have written about this product already. You can change what you wrote.")


class NotYourReview(Refused):
    code = "own_review"
    message = _("You cannot report your own review.")


class IsThere(Refused):
    code = "in_stock"
    message = _("It is in stock: you can put it into your basket right now.")
