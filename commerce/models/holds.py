"""A product that looks like something that may not be sold here waits for a person."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commerce.states import HoldStatus


class Hold(models.Model):
    """Which words were found, and what was decided. A released product is held anew only for other words."""

    product = models.ForeignKey("catalogue.Product", models.CASCADE, related_name="holds")
    matter = models.CharField(_("matter"), max_length=12)
    words = ArrayField(models.CharField(max_length=80))
    status = models.CharField(_("state"), max_length=10, choices=HoldStatus.choices, default=HoldStatus.OPEN)
    opened_at = models.DateTimeField(_("held"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("reason for the seller"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("held product")
        verbose_name_plural = _("held products")
        ordering = ["opened_at", "pk"]
        permissions = [("review_goods", "Release or refuse held products")]
        constraints = [
            models.UniqueConstraint(
                fields=["product"], condition=Q(status=HoldStatus.OPEN), name="product_is_held_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(status__in=HoldStatus.values), name="hold_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(status=HoldStatus.OPEN) | Q(decided_at__isnull=False),
                name="decided_hold_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=HoldStatus.REFUSED) | ~Q(note=""), name="refused_hold_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {', '.join(self.words)}"
