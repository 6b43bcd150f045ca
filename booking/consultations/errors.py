"""What consultations refuse, in words for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class RoomClosed(Refused):
    """Too early, over, or its booking does not take place."""

    code = "room_closed"
    message = _("The room is not open.")


class AdviceNotAccepted(Refused):
    code = "advice_not_accepted"
    message = _("Read the advice notice and tick its box; without it the room does not open for you.")


class NoAdviceText(Refused):
    code = "no_advice_text"
    message = _("The advice notice is not in force at the moment, so no room opens. Write to our support.")


class BadToken(Refused):
    """Forged, of another room or side, or of somebody who may not be here any more."""

    code = "bad_token"
    message = _("This key does not open this room. Enter again from your booking.")


class TokenOver(Refused):
    code = "token_over"
    message = _("Your key has run out. Enter again.")


class TakenOver(Refused):
    """The same side entered elsewhere: one connection for each."""

    code = "taken_over"
    message = _("You entered from another tab or device. This one is out.")


class HasLeft(Refused):
    code = "has_left"
    message = _("You have left the room.")


class TooMuch(Refused):
    code = "too_much"
    message = _("That was too much at once. Wait a moment.")


class OwnerWasThere(Refused):
    code = "owner_was_there"
    message = _("She was in the room at this time, so she did come. If it could not be held, cancel it.")


class NobodyOfYours(Refused):
    code = "nobody_of_yours"
    message = _("Nobody of yours entered the room, so it cannot be done. If it was not held, cancel it.")


class SomebodyCame(Refused):
    code = "somebody_came"
    message = _("Somebody of the business was in the room. Write to our support if something went wrong.")


class NotYet(Refused):
    """Ten minutes after the start, and only by who waited in the room."""

    code = "not_yet"
    message = _("You can say this ten minutes after the start, if you waited in the room.")


class TooLateToReport(Refused):
    code = "too_late_to_report"
    message = _("This can be said until a day after its end. Write to our support.")


class SummarySent(Refused):
    code = "summary_sent"
    message = _("The summary has been sent and stays as it is. Add what is missing below it.")


class SummaryNotSent(Refused):
    code = "summary_not_sent"
    message = _("The summary has not been sent yet. Write it there.")


class NotHeld(Refused):
    code = "not_held"
    message = _("A summary is sent once you were in the room together.")
