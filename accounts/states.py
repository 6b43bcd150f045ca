"""The lives of an account and of a request about personal data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class Status(TextChoices):
    ACTIVE = "active", _("Open")
    SUSPENDED = "suspended", _("Paused")
    CLOSING = "closing", _("Being closed")
    ERASED = "erased", _("Erased")


MOVES = Moves(
    {
        Status.ACTIVE: {Status.SUSPENDED, Status.CLOSING},
        Status.SUSPENDED: {Status.ACTIVE, Status.CLOSING},
        Status.CLOSING: {Status.ACTIVE, Status.ERASED},
    }
)


class RequestStatus(TextChoices):
    OPEN = "open", _("In progress")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn")


REQUEST_MOVES = Moves({RequestStatus.OPEN: {RequestStatus.ANSWERED, RequestStatus.WITHDRAWN}})
