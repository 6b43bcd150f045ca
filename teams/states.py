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
