"""The life of a ticket, and the words that sort it."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class Status(TextChoices):
    NEW = "new", _("New")
    OPEN = "open", _("In progress")
    WAITING = "waiting_customer", _("Waiting for your answer")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")


# A person who writes always reopens; only a ticket that went into another stays closed (services.merging).
MOVES = Moves(
    {
        Status.NEW: {Status.OPEN, Status.WAITING, Status.SOLVED, Status.CLOSED},
        Status.OPEN: {Status.WAITING, Status.SOLVED, Status.CLOSED},
        Status.WAITING: {Status.OPEN, Status.SOLVED, Status.CLOSED},
        Status.SOLVED: {Status.OPEN, Status.CLOSED},
        Status.CLOSED: {Status.OPEN},
    }
)
ON_US = (Status.NEW, Status.OPEN)
LIVE = (Status.NEW, Status.OPEN, Status.WAITING)


class Queue(TextChoices):
    EMERGENCY = "emergency", _("Emergency")
    ACCOUNT = "account", _("Account")
    FINANCE = "finance", _("Payments and documents")
    TECHNICAL = "technical", _("Technical")
    INTEGRATION = "integration", _("API and integration")
    GENERAL = "general", _("General")


class Priority(IntegerChoices):
    EMERGENCY = 1, _("Emergency")
    HIGH = 2, _("High")
    NORMAL = 3, _("Normal")
    LOW = 4, _("Low")


FIRST_PRIORITY = {
    Queue.EMERGENCY: Priority.EMERGENCY,
    Queue.ACCOUNT: Priority.NORMAL,
    Queue.FINANCE: Priority.HIGH,
    Queue.TECHNICAL: Priority.NORMAL,
    Queue.INTEGRATION: Priority.NORMAL,
    Queue.GENERAL: Priority.LOW,
}


class Wish(TextChoices):
    """What a ticket asks for when it is more than words."""

    NONE = "", _("A question")
    SUSPEND = "suspend", _("Pause my account")
