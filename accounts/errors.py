"""What cannot be done with an account, in words for people."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class WrongCode(Refused):
    code = "wrong_code"
    message = _("This is not the code we sent.")


class CodeIsOver(Refused):
    """Used, too old, or tried too often."""

    code = "code_is_over"
    message = _("This code is over. Ask for a new one.")


class TooManyCodes(Refused):
    code = "too_many_codes"
    message = _("We sent three codes within an hour. Come back in an hour for the next.")


class TooManyAddresses(Refused):
    code = "too_many_addresses"
    message = _("There is room for 20 addresses. Delete one first.")


class AlreadyAsked(Refused):
    code = "already_asked"
    message = _("You have already asked for this. We are on it.")


class NotSettled(Refused):
    """Something has to be settled before the account can go; the message says what."""

    code = "not_settled"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
