"""The life of a published version. The database checks the same table (migration 0002)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class Status(TextChoices):
    SCHEDULED = "scheduled", _("Announced")
    EFFECTIVE = "effective", _("In force")
    SUPERSEDED = "superseded", _("Replaced")


MOVES = Moves(
    {
        Status.SCHEDULED: {Status.EFFECTIVE, Status.SUPERSEDED},
        Status.EFFECTIVE: {Status.SUPERSEDED},
    }
)
