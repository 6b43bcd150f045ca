"""How a seller delivers, and for how much."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import provinces

LONGEST = 20  # business days; the law ends every wait after thirty days


class DeliveryOption(models.Model):
    """One way of one seller. Prices include VAT. A seller without any delivers as the platform does."""

    business = models.ForeignKey("teams.Business", models.CASCADE, related_name="delivery_options")
    name = models.CharField(_("name"), max_length=80)
    price = models.DecimalField(_("price"), max_digits=8, decimal_places=2)
    free_above = models.DecimalField(_("free from"), max_digits=10, decimal_places=2, null=True, blank=True)
    days_from = models.PositiveSmallIntegerField(_("arrives after, at the earliest"))
    days_to = models.PositiveSmallIntegerField(_("arrives after, at the latest"))
    provinces = ArrayField(
        models.CharField(max_length=2, choices=provinces.CHOICES), verbose_name=_("provinces"), default=list
    )  # none: all of them
    is_open = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("way of delivery")
        verbose_name_plural = _("ways of delivery")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["business", "name"], name="seller_names_a_delivery_once"),
            models.CheckConstraint(
                condition=Q(price__gte=0) & (Q(free_above=None) | Q(free_above__gt=0)),
                name="delivery_costs_nothing_or_more",
            ),
            models.CheckConstraint(
                condition=Q(days_from__lte=F("days_to"), days_to__lte=LONGEST, days_to__gte=1),
                name="delivery_arrives_in_time",
            ),
            models.CheckConstraint(
                condition=Q(provinces__contained_by=list(provinces.BY_CODE)),
                name="delivery_goes_to_known_provinces",
            ),
        ]

    def __str__(self) -> str:
        return self.name
