"""The life of a booking as a table of allowed moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class Status(TextChoices):
    HELD = "held", _("Held for you")  # ten minutes, or while money may still come
    REQUESTED = "requested", _("Waiting for the provider")
    CONFIRMED = "confirmed", _("Confirmed")
    IN_SERVICE = "in_service", _("Being looked after")  # arrived
    COMPLETED = "completed", _("Completed")
    EXPIRED = "expired", _("Not taken in time")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    NO_SHOW = "no_show", _("Did not come")


_S = Status
BLOCKING = frozenset({_S.HELD, _S.REQUESTED, _S.CONFIRMED, _S.IN_SERVICE})  # these keep their place
AHEAD = frozenset({_S.HELD, _S.REQUESTED, _S.CONFIRMED})  # can still be moved or cancelled
OVER = frozenset(set(Status) - BLOCKING)

BOOKINGS = Moves(
    {
        _S.HELD: {_S.REQUESTED, _S.CONFIRMED, _S.EXPIRED, _S.CANCELLED},
        _S.REQUESTED: {_S.CONFIRMED, _S.DECLINED, _S.CANCELLED, _S.EXPIRED},
        _S.CONFIRMED: {_S.IN_SERVICE, _S.COMPLETED, _S.CANCELLED, _S.NO_SHOW},
        _S.IN_SERVICE: {_S.COMPLETED, _S.CONFIRMED, _S.CANCELLED},  # back: pressed by mistake
        _S.COMPLETED: {_S.IN_SERVICE},  # pressed by mistake, while nothing is earned
        _S.NO_SHOW: {_S.CONFIRMED},
        _S.EXPIRED: {_S.REQUESTED, _S.CONFIRMED},  # paid late, and the time is still free
    }
)


class By(TextChoices):
    """Who ended it; decides what goes back."""

    CUSTOMER = "customer", _("the customer")
    PROVIDER = "provider", _("the provider")
    PLATFORM = "platform", _("Diji.vet")
