"""Around reviews: who was asked for one, and what readers report."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from ..review_rules import Refusal


class ReviewAsk(models.Model):
    """A buyer was asked, once for each parcel, what she thinks of the goods."""

    parcel = models.OneToOneField("order.SellerOrder", models.CASCADE, related_name="review_ask")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.parcel_id)


class ReportOutcome(TextChoices):
    STAYS = "stays", _("It stays")
    TAKEN_DOWN = "taken_down", _("It was taken down")


class ReviewReport(models.Model):
    """A reader thinks that a review should not be shown, for one of the named reasons."""

    review = models.ForeignKey("reviews.ProductReview", models.CASCADE, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=20, choices=Refusal.choices)
    words = models.CharField(_("in your words"), max_length=500, blank=True)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=ReportOutcome.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "by"], name="reader_reports_a_review_once"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(decided_at__isnull=False), name="decided_report_says_when"
            ),
        ]
        indexes = [models.Index(fields=["at"], name="report_to_decide", condition=Q(outcome=""))]

    def __str__(self) -> str:
        return f"{self.review_id} {self.reason}"
