"""What payouts, statements and day reports refuse, in words for people."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class NothingToPayOut(Refused):
    code = "nothing_to_pay_out"
    message = _("There is nothing to be paid out yet.")


class LessThanLeast(Refused):
    code = "less_than_least"
    message = _("This is less than the least amount of a payout.")


class MoreThanThere(Refused):
    code = "more_than_there"
    message = _("This is more than can be paid out now.")


class NoAccount(Refused):
    code = "no_account"
    message = _("There is no approved bank account yet. Give one in the profile of the business.")


class AccountHeld(Refused):
    code = "account_held"
    message = _("The bank account is new. Payouts to it begin later, so that nobody can lead money away.")


class NotVerified(Refused):
    code = "not_verified"
    message = _("Payouts go to verified businesses.")


class OneWaits(Refused):
    code = "one_waits"
    message = _("A payout waits for approval already. Call it off to ask for another amount.")


class AccountChanged(Refused):
    code = "account_changed"
    message = _("The bank account has changed since. Call this payout off; it is asked for anew.")


class OwnMoney(Refused):
    code = "own_money"
    message = _("Who asked for it or works for the business cannot approve it.")


class OtherPerson(Refused):
    code = "other_person"
    message = _("Another person has to agree.")


class Unreadable(Refused):
    """A file of the bank; the message says what is wrong and where."""

    code = "unreadable"
    message = _("We cannot read this file.")


class ReadAlready(Refused):
    code = "read_already"
    message = _("This file was read before; nothing has changed.")


class NotFitting(Refused):
    code = "not_fitting"
    message = _("This does not fit the payment.")


class SaysWhy(Refused):
    code = "says_why"
    message = _("Say why nothing has to be done.")
