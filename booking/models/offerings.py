"""What can be booked, and what it rests on."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import ChoicesField
from pets.species import Species
from teams.models import Business, Location

from .. import rules
from ..kinds import TRAITS, Kind, Traits
from .resources import Resource


def usual_policy() -> list[list[int]]:
    return [list(tier) for tier in rules.POLICY]


class Offering(models.Model):
    """Prices are with VAT. Minutes of the day (`arrive_at`, `leave_by`) are on the wall clock."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    business = models.ForeignKey(Business, models.CASCADE, related_name="offerings")
    location = models.ForeignKey(Location, models.PROTECT, related_name="offerings", verbose_name=_("branch"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=80)
    text = models.TextField(_("what is done"), max_length=2000, blank=True)
    species = ChoicesField(
        models.CharField(max_length=10, choices=Species.choices),
        verbose_name=_("for which animals"),
        default=list,
        blank=True,
    )  # empty: all
    most_pets = models.PositiveSmallIntegerField(_("animals at once"), default=1)
    minutes = models.PositiveIntegerField(_("how long it takes"), default=30)
    more_minutes = models.PositiveSmallIntegerField(_("longer for each further animal"), default=0)
    buffer_before = models.PositiveSmallIntegerField(_("kept free before it"), default=0)
    buffer_after = models.PositiveSmallIntegerField(_("kept free after it"), default=0)
    step = models.PositiveSmallIntegerField(_("a time every"), default=30)
    notice_minutes = models.PositiveIntegerField(_("at least so long ahead"), default=60)
    horizon_days = models.PositiveSmallIntegerField(_("at most so many days ahead"), default=60)
    arrive_at = models.PositiveSmallIntegerField(_("arrival from"), default=14 * 60)  # by night
    leave_by = models.PositiveSmallIntegerField(_("leaving by"), default=12 * 60)
    least_nights = models.PositiveSmallIntegerField(_("nights at least"), default=1)
    most_nights = models.PositiveSmallIntegerField(_("nights at most"), default=30)
    on_request = models.BooleanField(_("I answer each request myself"), default=False)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2, default=0)
    more_price = models.DecimalField(_("for each further animal"), max_digits=12, decimal_places=2, default=0)
    vat_percent = models.DecimalField(_("VAT"), max_digits=5, decimal_places=2, default=20)
    deposit_percent = models.PositiveSmallIntegerField(_("paid when booking (%)"), default=100)
    policy = models.JSONField(_("what goes back on cancelling"), default=usual_policy)
    is_open = models.BooleanField(_("can be booked"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("offering")
        verbose_name_plural = _("offerings")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="offering_has_a_known_kind"),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=24 * 60, step__gte=5, step__lte=24 * 60),
                name="offering_takes_minutes_to_a_day",
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0, more_price__gte=0, deposit_percent__lte=100),
                name="offering_price_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(least_nights__gte=1, most_nights__gte=F("least_nights"), most_pets__gte=1),
                name="offering_counts_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(arrive_at__lt=24 * 60, leave_by__lt=24 * 60), name="offering_hours_are_of_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("offering", kwargs={"public_id": self.public_id})

    @property
    def traits(self) -> Traits:
        return TRAITS[Kind(self.kind)]

    def length(self, pets: int) -> int:
        """Minutes for so many animals at once (not by night)."""
        return int(self.minutes + self.more_minutes * (pets - 1))

    def price_of(self, pets: int, nights: int = 1) -> Decimal:
        return (self.price + self.more_price * (pets - 1)) * nights


class Need(models.Model):
    """One thing it needs: any `count` of these resources. A vet *and* a room are two needs."""

    offering = models.ForeignKey(Offering, models.CASCADE, related_name="needs")
    position = models.PositiveSmallIntegerField(default=0)
    count = models.PositiveSmallIntegerField(_("how many of them"), default=1)
    resources: Any = models.ManyToManyField(Resource, related_name="needs", verbose_name=_("any of"))

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["offering", "position"], name="need_has_its_place"),
            models.CheckConstraint(condition=Q(count__gte=1, count__lte=20), name="need_is_one_to_20"),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.offering}"
