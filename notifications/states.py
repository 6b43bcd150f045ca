"""The life of a delivery."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class Status(TextChoices):
    QUEUED = "queued", _("On its way")
    HELD = "held", _("Waiting for its hour")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SUPPRESSED = "suppressed", _("Not sent on purpose")
    UNKNOWN = "unknown", _("Sent, but the server did not confirm")


class Why(TextChoices):
    """Why a delivery was not sent on purpose."""

    ADDRESS = "address", _("the address does not take mail")
    TURNED_OFF = "turned_off", _("turned off by the person")
    RETRACTED = "retracted", _("retracted before it left")
    CLOSED = "closed", _("the account is closed")
    PAUSED = "paused", _("the account is paused")


WAITING = (Status.QUEUED, Status.HELD)

MOVES = Moves(
    {
        Status.HELD: {Status.QUEUED, Status.SUPPRESSED, Status.FAILED},
        Status.QUEUED: {Status.SENT, Status.FAILED, Status.SUPPRESSED, Status.UNKNOWN},
    }
)
