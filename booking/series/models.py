"""An offering that is sold as several times in a row, for one price."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..models import Offering
from . import rules


class Course(models.Model):
    """`price` is that of all sessions together for the first animal, with VAT."""

    offering = models.OneToOneField(Offering, models.CASCADE, related_name="course")
    sessions = models.PositiveSmallIntegerField(_("how many sessions"))
    every_weeks = models.PositiveSmallIntegerField(_("weeks from one to the next"), default=1)
    price = models.DecimalField(_("price of the whole course"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.CheckConstraint(
                condition=Q(sessions__gte=rules.FEWEST, sessions__lte=rules.MOST),
                name="course_has_two_to_twelve_sessions",
            ),
            models.CheckConstraint(
                condition=Q(every_weeks__gte=1, every_weeks__lte=rules.MOST_WEEKS),
                name="course_comes_every_one_to_eight_weeks",
            ),
            models.CheckConstraint(
                condition=Q(price=0) | Q(price__gte=F("sessions")),
                name="course_costs_nothing_or_a_lira_a_session",  # each share can be paid and given back
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sessions} × {self.offering_id}"

    def get_absolute_url(self) -> str:
        return reverse("course", kwargs={"public_id": self.offering.public_id})

    @property
    def step(self) -> timedelta:
        return timedelta(weeks=self.every_weeks)

    def price_of(self, pets: int) -> Decimal:
        return self.price + self.offering.more_price * (pets - 1) * self.sessions

    def singles(self, pets: int) -> Decimal:
        """What so many single times would cost."""
        return self.offering.price_of(pets) * self.sessions
