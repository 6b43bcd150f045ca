"""The life of a business."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Moves


class Status(TextChoices):
    DRAFT = "draft", _("Being filled in")
    SUBMITTED = "submitted", _("Under review")
    VERIFIED = "verified", _("Verified")
    REJECTED = "rejected", _("Returned")
    SUSPENDED = "suspended", _("Paused")


MOVES = Moves(
    {
        Status.DRAFT: {Status.SUBMITTED},
        Status.SUBMITTED: {Status.VERIFIED, Status.REJECTED},
        Status.REJECTED: {Status.DRAFT},
        Status.VERIFIED: {Status.SUSPENDED},
        Status.SUSPENDED: {Status.VERIFIED},
    }
)


class LicenceStatus(TextChoices):
    WAITING = "waiting", _("Not reviewed yet")
    IN_FORCE = "in_force", _("In force")
    EXPIRED = "expired", _("Expired")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")


LICENCE_MOVES = Moves(
    {
        LicenceStatus.WAITING: {LicenceStatus.IN_FORCE, LicenceStatus.WITHDRAWN},
        LicenceStatus.IN_FORCE: {LicenceStatus.EXPIRED, LicenceStatus.REPLACED},
        LicenceStatus.EXPIRED: {LicenceStatus.REPLACED},
    }
)


class VerificationStatus(TextChoices):
    OPEN = "open", _("Waits for review")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")


VERIFICATION_MOVES = Moves(
    {
        VerificationStatus.OPEN: {
            VerificationStatus.APPROVED,
            VerificationStatus.RETURNED,
            VerificationStatus.WITHDRAWN,
        }
    }
)
