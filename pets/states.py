"""The life of an animal, as its file knows it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class Status(TextChoices):
    AT_HOME = "at_home", _("At home")
    LOST = "lost", _("Lost")
    PASSED_AWAY = "passed_away", _("Passed away")


MOVES = Moves(
    {
        Status.AT_HOME: {Status.LOST, Status.PASSED_AWAY},
        Status.LOST: {Status.AT_HOME, Status.PASSED_AWAY},
        Status.PASSED_AWAY: {Status.AT_HOME},  # written by mistake, or the body was not hers
    }
)
