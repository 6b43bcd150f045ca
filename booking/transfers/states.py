"""The lives of a request, of a quote and of a journey, as tables of allowed moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class Asked(TextChoices):
    """A request for a quote."""

    ASKED = "asked", _("Waits for a quote")
    QUOTED = "quoted", _("Quote has come")
    ACCEPTED = "accepted", _("Quote accepted")
    DECLINED = "declined", _("Declined by the carrier")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", _("Ended by itself")


_A = Asked
OPEN = frozenset({_A.ASKED, _A.QUOTED})
REQUESTS = Moves(
    {
        # accepted: of an earlier quote, paid late, and the vehicle was still free
        _A.ASKED: {_A.QUOTED, _A.ACCEPTED, _A.DECLINED, _A.WITHDRAWN, _A.EXPIRED},
        # asked again: its vehicle was taken meanwhile
        _A.QUOTED: {_A.QUOTED, _A.ASKED, _A.ACCEPTED, _A.DECLINED, _A.WITHDRAWN, _A.EXPIRED},
        # quoted again: accepted, but not paid within ten minutes
        _A.ACCEPTED: {_A.QUOTED, _A.EXPIRED},
        _A.EXPIRED: {_A.ACCEPTED},  # as above
    }
)


class Offered(TextChoices):
    """A quote."""

    SENT = "sent", _("Waits for its reader")
    ACCEPTED = "accepted", _("Accepted")
    SUPERSEDED = "superseded", _("Replaced by a newer one")
    FALLEN = "fallen", _("Its vehicle or driver was taken meanwhile")
    CLOSED = "closed", _("The request was taken back or declined")
    EXPIRED = "expired", _("Ended by itself")


_O = Offered
QUOTES = Moves(
    {
        _O.SENT: {_O.ACCEPTED, _O.SUPERSEDED, _O.FALLEN, _O.CLOSED, _O.EXPIRED},
        _O.ACCEPTED: {_O.SENT, _O.EXPIRED},
        _O.EXPIRED: {_O.ACCEPTED},
    }
)


class Ride(TextChoices):
    """A journey. Cancelled before it began: that is said by its booking."""

    ASSIGNED = "assigned", _("Waits for pick-up")
    PICKED_UP = "picked_up", _("Picked up")
    IN_TRANSIT = "in_transit", _("On the road")
    PROBLEM = "problem", _("Something is wrong")
    UNCONFIRMED = "unconfirmed", _("Delivered, not confirmed")
    DELIVERED = "delivered", _("Delivered")
    RETURNED = "returned", _("Brought back")


_R = Ride
ROLLING = frozenset({_R.PICKED_UP, _R.IN_TRANSIT, _R.PROBLEM})  # the animal is in the vehicle
ENDED = frozenset({_R.DELIVERED, _R.RETURNED})
JOBS = Moves(
    {
        _R.ASSIGNED: {_R.PICKED_UP},
        _R.PICKED_UP: {_R.IN_TRANSIT, _R.PROBLEM, _R.UNCONFIRMED, _R.DELIVERED, _R.RETURNED},
        _R.IN_TRANSIT: {_R.PROBLEM, _R.UNCONFIRMED, _R.DELIVERED, _R.RETURNED},
        _R.PROBLEM: {_R.IN_TRANSIT, _R.UNCONFIRMED, _R.DELIVERED, _R.RETURNED},
        _R.UNCONFIRMED: {_R.DELIVERED, _R.PROBLEM},
    }
)


class What(TextChoices):
    """An event of a journey."""

    PICKED_UP = "picked_up", _("Picked up")
    DEPARTED = "departed", _("On the way")
    REST = "rest", _("Rest")
    FUEL = "fuel", _("Fuel")
    BORDER = "border", _("At the border")
    NOTE = "note", _("News")
    LATE = "late", _("Running late")
    PROBLEM = "problem", _("Something is wrong")
    SOLVED = "solved", _("All is well again")
    LEFT = "left", _("Delivered without the code")
    DELIVERED = "delivered", _("Delivered")
    RETURNED = "returned", _("Brought back")
    DISPUTED = "disputed", _("Owner says it has not arrived")


ICONS = {
    What.PICKED_UP: "package",
    What.DEPARTED: "truck",
    What.REST: "coffee",
    What.FUEL: "fuel",
    What.BORDER: "landmark",
    What.NOTE: "camera",
    What.LATE: "clock-alert",
    What.PROBLEM: "siren",
    What.SOLVED: "circle-check",
    What.LEFT: "door-open",
    What.DELIVERED: "circle-check",
    What.RETURNED: "undo-2",
    What.DISPUTED: "circle-alert",
}
# What the driver's buttons tell on the way; the rest are steps of the journey with forms of their own.
ON_THE_WAY = (What.REST, What.FUEL, What.BORDER, What.NOTE, What.LATE)
