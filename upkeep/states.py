"""The life of a window, its kind, and what it does to those who come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class Status(TextChoices):
    DRAFT = "draft", _("Draft")
    ANNOUNCED = "announced", _("Announced")
    IN_PROGRESS = "in_progress", _("Running")
    DONE = "done", _("Over")
    CANCELLED = "cancelled", _("Called off")


class Kind(TextChoices):
    PLANNED = "planned", _("Planned")
    EMERGENCY = "emergency", _("Unplanned")


class Effect(TextChoices):
    """Ordered from mild to strong, see `strength`."""

    SLOW = "slow", _("Works, perhaps slowly or with short breaks")
    READ_ONLY = "read_only", _("Can be read; nothing can be sent or changed")
    STOP = "stop", _("Cannot be reached")


class Event(TextChoices):
    """What people are told about a window."""

    ANNOUNCED = "announced", _("Announcement")
    DAY_AHEAD = "day_ahead", _("A day before")
    HOUR_AHEAD = "hour_ahead", _("An hour before")
    CHANGED = "changed", _("Change")
    CANCELLED = "cancelled", _("Called off")
    ENDED = "ended", _("End")


MOVES = Moves(
    {
        Status.DRAFT: {Status.ANNOUNCED},
        Status.ANNOUNCED: {Status.IN_PROGRESS, Status.CANCELLED},
        Status.IN_PROGRESS: {Status.DONE, Status.CANCELLED},
    }
)
AHEAD = (Status.ANNOUNCED, Status.IN_PROGRESS)  # what people have heard of and what is not over
PAST = (Status.DONE, Status.CANCELLED)


def strength(effect: str) -> int:
    return Effect.values.index(effect)
