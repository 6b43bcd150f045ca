"""What this room refuses, in words for people."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class NotPayable(Refused):
    """Raised by what is to be paid, with words of its own where it knows more."""

    code = "not_payable"
    message = _("This cannot be paid any more.")


class KeyTaken(Refused):
    """One key, two different wishes, or somebody else's key."""

    code = "key_used"
    message = _("This request was made before with other figures.")


class NothingToPay(Refused):
    code = "nothing_to_pay"
    message = _("There is nothing to pay here.")


class NotOpen(Refused):
    code = "not_open"
    message = _("This payment is not open any more.")


class UnderWay(Refused):
    code = "under_way"
    message = _("A payment is on its way. Wait for the word of the bank.")


class WayClosed(Refused):
    code = "way_closed"
    message = _("This way of paying is closed just now. Choose another one.")


class WalletNotHere(Refused):
    code = "wallet_not_here"
    message = _("The wallet cannot be used for this.")


class BankSaysNo(Refused):
    code = "bank_says_no"
    message = _("The payment provider did not open a page. Nothing was charged. Choose another way.")


class TooMuchBack(Refused):
    code = "refund_too_large"
    message = _("This is more than what is left of the payment.")


class NotPaidYet(Refused):
    code = "not_paid_yet"
    message = _("Only what was paid can go back.")


class SecondPerson(Refused):
    code = "second_person"
    message = _("Another person has to confirm this.")


class TopUpClosed(Refused):
    code = "top_up_closed"
    message = _("Money cannot be put on the wallet.")
