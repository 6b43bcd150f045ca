"""What this room refuses, in words for people."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class ChipTaken(Refused):
    code = "chip_taken"
    message = _(
        "This chip number already stands at another pet here. Compare the digits; "
        "if they are right, ask the previous keeper to hand the pet over to you."
    )


class InvitationOver(Refused):
    code = "invitation_over"
    message = _("This invitation is over: it was used, withdrawn or is older than 7 days. Ask for a new one.")


class InvitationForAnother(Refused):
    code = "invitation_for_another"
    message = _("This invitation was sent to another address. Sign in with the address that got the mail.")


class AlreadyKeeper(Refused):
    code = "already_keeper"
    message = _("This person already keeps this pet.")


class OnlyPrimary(Refused):
    code = "only_primary"
    message = _("Only the main keeper can do this.")


class LastKeeper(Refused):
    code = "last_keeper"
    message = _("A pet is never without a main keeper. Hand it over first.")


class NotVerified(Refused):
    code = "not_verified"
    message = _("A file can only be shared with a verified business.")


class TooMany(Refused):
    code = "too_many"
    message = _("That is too many for one day. Try again tomorrow.")
