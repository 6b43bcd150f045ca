"""When a seller's parcels leave, and with whom."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

CUT_OFF, PICKUP, DAYS, MOST_DAYS = time(12), time(17), 1, 5


class ShippingTerms(models.Model):
    """What is paid before `cut_off` on a working day counts for that day; it leaves `days` later at `pickup`.

    A seller without a row has these figures.
    """

    business = models.OneToOneField("teams.Business", models.CASCADE, related_name="shipping_terms")
    cut_off = models.TimeField(_("Orders count for the same day until"), default=CUT_OFF)
    pickup = models.TimeField(_("The carrier comes at"), default=PICKUP)
    days = models.PositiveSmallIntegerField(_("Working days to prepare"), default=DAYS)
    carrier = models.CharField(_("Usual carrier"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("terms of shipping")
        verbose_name_plural = _("terms of shipping")
        constraints = [
            models.CheckConstraint(
                condition=Q(pickup__gt=F("cut_off")), name="carrier_comes_after_the_last_order"
            ),
            models.CheckConstraint(condition=Q(days__lte=MOST_DAYS), name="seller_prepares_within_days"),
        ]

    def __str__(self) -> str:
        return f"{self.business_id}: {self.days}"
