"""Parcels that were late: told once to seller and buyer, and counted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Lateness(models.TextChoices):
    LEAVE = "leave", _("Late to leave")
    ARRIVE = "arrive", _("Late to arrive")


class LateParcel(models.Model):
    """It missed `due_at`. The row stays when the parcel leaves after all."""

    parcel = models.ForeignKey("order.SellerOrder", models.CASCADE, related_name="latenesses")
    kind = models.CharField(max_length=6, choices=Lateness.choices)
    due_at = models.DateTimeField()
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = _("late parcel")
        verbose_name_plural = _("late parcels")
        constraints = [
            models.UniqueConstraint(fields=["parcel", "kind"], name="parcel_is_called_late_once"),
            models.CheckConstraint(condition=Q(kind__in=Lateness.values), name="lateness_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.kind}"
