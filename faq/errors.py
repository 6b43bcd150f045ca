"""Refusals of the help centre, in words for people."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class AlreadyVoted(Refused):
    code = "already_voted"
    message = _("You have already told us about this version of the answer. Thank you.")


class AnswerRenewed(Refused):
    code = "answer_renewed"
    message = _("This answer was renewed while you were reading. Look at it again, then tell us.")


class NoSuchPlace(Refused):
    code = "no_such_place"
    message = _("Choose a category in which you may write.")
