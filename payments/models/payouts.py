"""Money leaving for businesses, and the files in which our bank gets it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from stdnum import iban

from ..states import PayoutStatus
from .payments import REFERENCE_LENGTH, new_reference

ENDED = [PayoutStatus.PAID, PayoutStatus.FAILED, PayoutStatus.RETURNED, PayoutStatus.CANCELLED]
BY_BANK = "bank"  # the way of payouts that go out in a file, not through a provider


class Every(TextChoices):
    DAY = "day", _("Each business day")
    WEEK = "week", _("Each week")
    MONTH = "month", _("Each month")
    NEVER = "never", _("Only when asked for")


class PayoutPlan(models.Model):
    """When what a business earned is paid out without asking. Without a row: each week."""

    business = models.OneToOneField("teams.Business", models.CASCADE, related_name="payout_plan")
    every = models.CharField(_("how often"), max_length=5, choices=Every.choices, default=Every.WEEK)
    minimum = models.DecimalField(
        _("from this amount on"),
        max_digits=12,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
    )
    next_on = models.DateField(_("next"), null=True, blank=True)

    class Meta:
        verbose_name = _("plan of payouts")
        verbose_name_plural = _("plans of payouts")
        constraints = [
            models.CheckConstraint(condition=Q(minimum__gte=0), name="plan_has_a_sound_minimum"),
            models.CheckConstraint(condition=Q(every__in=Every.values), name="plan_has_a_known_rhythm"),
            models.CheckConstraint(
                condition=Q(every=Every.NEVER, next_on=None)
                | (~Q(every=Every.NEVER) & Q(next_on__isnull=False)),
                name="plan_says_when_next",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.every}"


class BankFile(models.Model):
    """Orders to our bank, as they were given to it. Never changed; made anew under another number."""

    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, default=new_reference)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=14, decimal_places=2)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("file for the bank")
        verbose_name_plural = _("files for the bank")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.reference


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
    provider = models.CharField(_("way"), max_length=20, default=BY_BANK)  # a bank file, or a provider
    status = models.CharField(
        _("state"), max_length=10, choices=PayoutStatus.choices, default=PayoutStatus.DRAFT
    )
    file = models.ForeignKey(BankFile, models.PROTECT, null=True, blank=True, related_name="payouts")
    remote = models.JSONField(default=dict)
    code = models.CharField(max_length=60, blank=True)  # the provider's word for a refusal
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
    look_at = models.DateTimeField(_("asked next"), null=True, blank=True)
    looks = models.PositiveSmallIntegerField(default=0)
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
            models.CheckConstraint(
                condition=Q(status__in=ENDED, ended_at__isnull=False)
                | (~Q(status__in=ENDED) & Q(ended_at=None)),
                name="ended_payout_says_when",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[PayoutStatus.DRAFT, PayoutStatus.APPROVED, PayoutStatus.CANCELLED])
                | Q(sent_at__isnull=False),
                name="payout_is_sent_before_it_arrives",
            ),
            models.UniqueConstraint(
                fields=["business"],
                condition=Q(status=PayoutStatus.DRAFT),
                name="business_has_one_payout_to_approve",
            ),
        ]
        indexes = [
            models.Index(fields=["business", "-requested_at", "-id"], name="payout_of_business"),
            models.Index(fields=["look_at"], name="payout_to_ask", condition=Q(look_at__isnull=False)),
            models.Index(fields=["provider", "ended_at"], name="payout_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.amount}"

    def get_absolute_url(self) -> str:
        return reverse("payouts:payout", args=[self.business.slug, self.public_id])

    @property
    def iban_in_groups(self) -> str:
        return iban.format(self.iban)

    @property
    def iban_end(self) -> str:
        """Enough to know the account by."""
        return f"TR•• {self.iban[-4:]}"
