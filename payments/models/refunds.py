"""Money going back: what was decided, and its parts by source."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from ..states import RefundStatus
from .payments import REFERENCE_LENGTH, Attempt, PaymentItem, new_reference


class Reason(TextChoices):
    CANCELLED = "cancelled", _("Cancelled")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn from")
    LATE = "late", _("The money came too late")
    TWICE = "twice", _("Paid twice")
    GOODWILL = "goodwill", _("Goodwill")
    PROVIDER = "provider", _("Taken back by the provider")


class Refund(models.Model):
    """An amount of one item goes back. `key` is the caller's; every refund has one credit note.

    Without `item` it is money that settled nothing (too late, paid twice, too much).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=120, unique=True)
    payment = models.ForeignKey("payments.Payment", models.PROTECT, related_name="refunds")
    item = models.ForeignKey(PaymentItem, models.PROTECT, null=True, blank=True, related_name="refunds")
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    line = models.OneToOneField(
        "finance.CommissionLine", models.PROTECT, null=True, blank=True, related_name="refund"
    )
    requested_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-requested_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_is_of_something")]

    def __str__(self) -> str:
        return f"{self.public_id} {self.amount}"


class RefundPart(models.Model):
    """A refund to one source: the attempt it came by, or the wallet (`attempt` empty)."""

    refund = models.ForeignKey(Refund, models.PROTECT, related_name="parts")
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, blank=True, related_name="refund_parts")
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    reference = models.CharField(
        _("reference"), max_length=REFERENCE_LENGTH, unique=True, default=new_reference, editable=False
    )
    status = models.CharField(
        _("state"), max_length=10, choices=RefundStatus.choices, default=RefundStatus.REQUESTED
    )
    is_void = models.BooleanField(default=False)
    code = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    act_at = models.DateTimeField(_("next step"), null=True, blank=True)  # none: nothing left for a machine
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)
    settled_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    with_person_at = models.DateTimeField(_("with a person since"), null=True, blank=True)
    # A person's way back (a transfer by hand) needs two of them.
    is_by_hand = models.BooleanField(default=False)
    bank_reference = models.CharField(_("reference of the bank"), max_length=60, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("part of a refund")
        verbose_name_plural = _("parts of refunds")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="part_is_of_something"),
            models.UniqueConstraint(
                fields=["refund", "attempt"], nulls_distinct=False, name="refund_goes_to_a_source_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=RefundStatus.values), name="part_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(status=RefundStatus.SUCCEEDED) | Q(settled_at__isnull=False),
                name="accepted_part_says_when",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(settled_by__isnull=False) & ~Q(approved_by=F("settled_by")),
                name="refund_by_hand_is_approved_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(is_by_hand=False)
                | ~Q(status=RefundStatus.SUCCEEDED)
                | Q(settled_by__isnull=False, approved_by__isnull=False),
                name="refund_by_hand_needs_two_people",
            ),
        ]
        indexes = [models.Index(fields=["act_at"], name="refund_to_do", condition=Q(act_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.reference} {self.amount}"
