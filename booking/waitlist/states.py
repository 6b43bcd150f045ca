"""The life of a wish on the waiting list."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class Status(TextChoices):
    WAITING = "waiting", _("Waiting")
    OFFERED = "offered", _("A time is kept for you")
    BOOKED = "booked", _("Booked")
    PASSED = "passed", _("Passed on")
    EXPIRED = "expired", _("Over")  # not taken within its half hour, or its days have gone by
    WITHDRAWN = "withdrawn", _("Given up")


_S = Status
ACTIVE = frozenset({_S.WAITING, _S.OFFERED})

ENTRIES = Moves(
    {
        _S.WAITING: {_S.OFFERED, _S.EXPIRED, _S.WITHDRAWN},
        _S.OFFERED: {_S.BOOKED, _S.PASSED, _S.EXPIRED, _S.WITHDRAWN},
        _S.EXPIRED: {_S.BOOKED},  # paid late, and the time was still free
    }
)
