"""The life of a return as a table of allowed moves, and why something comes back or is refused."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class ReturnStatus(TextChoices):
    ASKED = "asked", _("Waiting to be sent")
    SENT = "sent", _("On its way back")
    ARRIVED = "arrived", _("With the seller")
    ACCEPTED = "accepted", _("Accepted, money on its way")
    REFUSED = "refused", _("Refused by the seller")
    REFUNDED = "refunded", _("Money given back")
    TAKEN_BACK = "taken_back", _("Kept after all")
    LAPSED = "lapsed", _("Never sent")


class Ground(TextChoices):
    """Withdrawal needs no reason; the others matter to the seller, and to who pays for what."""

    WITHDRAWAL = "withdrawal", _("I changed my mind")
    DAMAGED = "damaged", _("It arrived damaged")
    WRONG = "wrong", _("Something else arrived")
    NOT_AS_SHOWN = "not_as_shown", _("It is not as the page says")


class NotTaken(TextChoices):
    """The only grounds on which a seller may refuse what came back (within the time of withdrawal)."""

    DAMAGED = "damaged", _("It came back damaged or used beyond trying it")
    NOT_MATCHING = "not_matching", _("Something else came back, or less than announced")


class Decision(TextChoices):
    """What our people decided about a refusal that the buyer disputes."""

    BUYER = "buyer", _("The money goes back")
    SELLER = "seller", _("The refusal stands")


_S = ReturnStatus
# Whatever the state, arriving goods are taken in: also those that nobody announced as sent.
RETURNS = Moves(
    {
        _S.ASKED: {_S.SENT, _S.ARRIVED, _S.TAKEN_BACK, _S.LAPSED},
        _S.SENT: {_S.ARRIVED, _S.ACCEPTED},  # accepted without arriving: the seller does not answer
        _S.ARRIVED: {_S.ACCEPTED, _S.REFUSED},
        _S.REFUSED: {_S.ACCEPTED},  # disputed, and the buyer was right; or the seller thinks better of it
        _S.ACCEPTED: {_S.REFUNDED},
        _S.LAPSED: {_S.SENT, _S.ARRIVED},
    }
)
UNDER_WAY = frozenset({_S.ASKED, _S.SENT, _S.ARRIVED})
FREE_AGAIN = frozenset({_S.TAKEN_BACK, _S.LAPSED})  # its pieces may be announced once more
