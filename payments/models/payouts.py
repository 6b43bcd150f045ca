"""Money leaving for businesses."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..states import PayoutStatus
from .payments import REFERENCE_LENGTH, new_reference


class Payout(models.Model):
    """What a business earned goes to its IBAN, after a second person has agreed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    business = models.ForeignKey("teams.Business", models.PROTECT, related_name="payouts")
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="TRY")
    iban = models.CharField(_("IBAN"), max_length=34)  # as they stood when it was asked for
    holder = models.CharField(_("name on the account"), max_length=200)
    reference = models.CharField(
        _("reference"), max_length=REFERENCE_LENGTH, unique=True, default=new_reference, editable=False
    )
    provider = models.CharField(_("way"), max_length=20, default="bank")  # a bank file, or a provider
    status = models.CharField(
        _("state"), max_length=10, choices=PayoutStatus.choices, default=PayoutStatus.DRAFT
    )
    requested_by = models.ForeignKey(  # none: by the schedule
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField(_("requested"))
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_is_of_something"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(requested_by=None) | ~Q(approved_by=F("requested_by")),
                name="payout_is_approved_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[PayoutStatus.DRAFT, PayoutStatus.CANCELLED])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="payout_leaves_after_approval",
            ),
            models.CheckConstraint(
                condition=Q(status__in=PayoutStatus.values), name="payout_has_a_known_state"
            ),
        ]
        indexes = [models.Index(fields=["business", "-requested_at", "-id"], name="payout_of_business")]

    def __str__(self) -> str:
        return f"{self.reference} {self.amount}"
