"""What this room refuses, in words for people."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class MovedOn(Refused):
    code = "moved_on"
    message = _(
        "Somebody wrote here while you were writing. Read it first; your words are kept. "
        "Send them again if they still fit."
    )


class WentElsewhere(Refused):
    code = "went_elsewhere"
    message = _("This ticket was joined with another one. Write there.")


class OnlySamePerson(Refused):
    code = "only_same_person"
    message = _("Only tickets of the same person can be joined.")


class NotForHer(Refused):
    code = "not_for_her"
    message = _("This person does not work at the desk.")


class NotAllowed(Refused):
    code = "not_allowed"
    message = _("You may not do this from a ticket.")


class NothingToDo(Refused):
    code = "nothing_to_do"
    message = _("This ticket gives no ground for it, or it is done already.")


class OwnMatter(Refused):
    code = "own_matter"
    message = _("This is your own ticket. A colleague has to decide it.")


class RatedBefore(Refused):
    code = "rated_before"
    message = _("You have rated this ticket already. Thank you.")


class NotSolvedYet(Refused):
    code = "not_solved_yet"
    message = _("A ticket can be rated when it is solved.")


class TooManyLetters(Refused):
    code = "too_many_letters"
    message = _("That is a lot in a short time. Wait a little, then write it in one message.")


class OnePauseAtATime(Refused):
    code = "one_pause_at_a_time"
    message = _("You have asked for this already. The ticket is open; we answer there.")
