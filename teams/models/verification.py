"""What waits for our staff, and what they decided."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..states import VerificationStatus
from .business import Business
from .licences import Licence


class Topic(models.TextChoices):
    ONBOARDING = "onboarding", _("New business")
    IDENTITY = "identity", _("Legal name and tax number")
    BANK = "bank", _("Bank account")
    LICENCE = "licence", _("Licence")


NEEDS_TWO = [Topic.BANK, Topic.LICENCE]


def _reviewer() -> Any:
    """An approval keeps its people: who has approved cannot be deleted, only emptied of her data."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )


class VerificationQuerySet(models.QuerySet["Verification"]):
    def open(self) -> VerificationQuerySet:
        return self.filter(status=VerificationStatus.OPEN)


class Verification(models.Model):
    """Facts as they were sent, beside those in force then. `version` grows with each edit: a reviewer
    approves what she saw. `facts` is everything in force right after the approval."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="verifications")
    topic = models.CharField(_("subject"), max_length=10, choices=Topic.choices)
    licence = models.ForeignKey(Licence, models.CASCADE, null=True, related_name="verifications")
    status = models.CharField(
        _("state"), max_length=10, choices=VerificationStatus.choices, default=VerificationStatus.OPEN
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    facts = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"))
    needs_two = models.BooleanField(default=False)
    first_reviewer = _reviewer()
    first_reviewed_at = models.DateTimeField(null=True)
    second_reviewer = _reviewer()
    decided_at = models.DateTimeField(_("decided"), null=True)
    reasons = models.JSONField(default=dict)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        permissions = [("review_verification", _("Can review businesses and their changes"))]
        indexes = [models.Index(fields=["status", "sent_at"], name="verification_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "topic"],
                condition=Q(status=VerificationStatus.OPEN, licence=None),
                name="subject_waits_for_review_once",
            ),
            models.UniqueConstraint(
                fields=["licence"],
                condition=Q(status=VerificationStatus.OPEN),
                name="licence_waits_for_review_once",
            ),
            models.CheckConstraint(
                condition=Q(second_reviewer=None) | ~Q(second_reviewer=F("first_reviewer")),
                name="second_reviewer_is_another_person",
            ),
            models.CheckConstraint(
                condition=~Q(status=VerificationStatus.APPROVED)
                | Q(first_reviewer__isnull=False, needs_two=False)
                | Q(first_reviewer__isnull=False, second_reviewer__isnull=False),
                name="approval_has_its_reviewers",
            ),
            models.CheckConstraint(
                condition=~Q(topic__in=NEEDS_TWO) | Q(needs_two=True), name="bank_and_licence_need_two"
            ),
            models.CheckConstraint(
                condition=Q(topic=Topic.LICENCE, licence__isnull=False)
                | (~Q(topic=Topic.LICENCE) & Q(licence=None)),
                name="licence_review_names_its_licence",
            ),
            models.CheckConstraint(
                condition=~Q(status=VerificationStatus.APPROVED) | Q(facts__isnull=False),
                name="approval_keeps_the_facts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business}: {self.get_topic_display()}"

    @property
    def is_open(self) -> bool:
        return self.status == VerificationStatus.OPEN

    @property
    def waits_for_second(self) -> bool:
        return self.is_open and self.needs_two and self.first_reviewer_id is not None
