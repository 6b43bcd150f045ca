"""The life of a suggested question."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class Status(TextChoices):
    NEW = "new", _("New")
    TRIAGED = "triaged", _("Being looked at")
    DRAFTED = "drafted", _("An answer is being written")
    ANSWERED = "answered", _("Answered")
    REJECTED = "rejected", _("Not answered here")
    DUPLICATE = "duplicate", _("Answered before")


OPEN = [Status.NEW, Status.TRIAGED, Status.DRAFTED]
CLOSED = {Status.REJECTED, Status.DUPLICATE}

# A draft that is deleted brings its suggestion back to the desk (`services.lose_draft`).
MOVES = Moves(
    {
        Status.NEW: {Status.TRIAGED, Status.DRAFTED, *CLOSED},
        Status.TRIAGED: {Status.DRAFTED, *CLOSED},
        Status.DRAFTED: {Status.TRIAGED, Status.ANSWERED, *CLOSED},
    }
)
