"""The lives of an invitation and of an offer of ownership."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class InvitationStatus(TextChoices):
    SENT = "sent", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    REVOKED = "revoked", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


class OfferStatus(TextChoices):
    OFFERED = "offered", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


INVITATION_MOVES = Moves(
    {
        InvitationStatus.SENT: {
            InvitationStatus.ACCEPTED,
            InvitationStatus.DECLINED,
            InvitationStatus.REVOKED,
            InvitationStatus.EXPIRED,
        }
    }
)
OFFER_MOVES = Moves(
    {
        OfferStatus.OFFERED: {
            OfferStatus.ACCEPTED,
            OfferStatus.DECLINED,
            OfferStatus.WITHDRAWN,
            OfferStatus.EXPIRED,
        }
    }
)
