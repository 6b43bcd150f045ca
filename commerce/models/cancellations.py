"""What a buyer called off before it was sent."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Cancellation(models.Model):
    """Pieces of one parcel, called off once. `key` is the form's: pressed twice, it is the same."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True, editable=False)
    parcel = models.ForeignKey("order.SellerOrder", models.PROTECT, related_name="cancellations")
    is_whole = models.BooleanField(default=False)  # nothing of the parcel was left
    delivery = models.DecimalField(_("delivery"), max_digits=12, decimal_places=2, default=0)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    refund = models.OneToOneField(
        "payments.Refund", models.PROTECT, null=True, blank=True, related_name="cancellation"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("called off"))

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0, delivery__gte=0), name="cancellation_takes_nothing"
            ),
            models.CheckConstraint(
                condition=Q(amount=0) | Q(refund__isnull=False), name="cancelled_money_goes_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.amount}"


class CancelledLine(models.Model):
    cancellation = models.ForeignKey(Cancellation, models.CASCADE, related_name="lines")
    line = models.ForeignKey("order.Line", models.PROTECT, related_name="+")
    pieces = models.PositiveIntegerField(_("pieces"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pieces__gt=0), name="cancelled_line_has_pieces"),
            models.UniqueConstraint(fields=["cancellation", "line"], name="cancellation_has_a_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pieces} × {self.line_id}"
