"""The two sides of a room, and what a room is right now."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ..states import Status


class Side(TextChoices):
    OWNER = "owner", _("Pet parent")
    VET = "vet", _("Business")

    @property
    def other(self) -> "Side":
        return Side.VET if self == Side.OWNER else Side.OWNER


class Phase(TextChoices):
    """Counted from the booking at each look, so moving or cancelling it moves or closes the room."""

    EARLY = "early", _("Not open yet")
    OPEN = "open", _("Open")
    OVER = "over", _("Over")
    OFF = "off", _("Does not take place")


LIVE = frozenset({Status.CONFIRMED, Status.IN_SERVICE})  # bookings whose room opens
HELD = LIVE | {Status.COMPLETED}  # of which a summary may be written
