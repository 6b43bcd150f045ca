"""What cannot be done with the newsletter, in words for people."""

from django.utils.translation import gettext_lazy as _

from core.errors import Refused


class LinkIsOver(Refused):
    code = "link_is_over"
    message = _("This link is over or a newer one has replaced it. Subscribe once more.")


class TooLateToUndo(Refused):
    code = "too_late_to_undo"
    message = _("This can no longer be taken back. Subscribe once more if you like.")


class NotComplete(Refused):
    """The issue lacks something; the message says what."""

    code = "not_complete"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NeedsAnotherPerson(Refused):
    code = "needs_another_person"
    message = _("You submitted this issue yourself. Somebody else has to release it.")


class Changed(Refused):
    code = "changed"
    message = _("The issue was changed meanwhile. Look at it again and decide anew.")
