"""Who waits for what."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, Value
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from booking.models import Booking, Offering
from booking.search_words import Part
from core.fields import ChoicesField, DateRange
from pets.models import Pet
from teams.models import Business

from . import rules
from .states import ACTIVE, Status


class Entry(models.Model):
    """A wish for some animals on some days. Of a stay the days are those of arrival.

    `number` counts the open ones of a person: there are five, the database counts them.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="waits")
    business = models.ForeignKey(Business, models.CASCADE, related_name="waits")
    offering = models.ForeignKey(Offering, models.CASCADE, related_name="waits", verbose_name=_("service"))
    pets: Any = models.ManyToManyField(Pet, related_name="waits", verbose_name=_("animals"))
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    parts = ChoicesField(
        models.CharField(max_length=14, choices=Part.choices),
        verbose_name=_("part of the day"),
        default=list,
        blank=True,
    )  # empty: any
    nights = models.PositiveSmallIntegerField(_("nights"), default=0)  # 0: not by night
    status = models.CharField(_("state"), max_length=9, choices=Status.choices, default=Status.WAITING)
    number = models.PositiveSmallIntegerField(null=True, editable=False)
    made_at = models.DateTimeField(_("waits since"))
    booking = models.OneToOneField(
        Booking, models.PROTECT, null=True, blank=True, related_name="wait"
    )  # what was offered
    ended_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, editable=False)  # when the sweeper came by last

    class Meta:
        verbose_name = _("wish on the waiting list")
        verbose_name_plural = _("wishes on the waiting list")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="wait_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(last__gte=F("first"))
                & Q(
                    last__lt=ExpressionWrapper(
                        F("first") + Value(timedelta(days=rules.MOST_DAYS)), output_field=DateTimeField()
                    )
                ),
                name="wait_is_for_a_month_at_most",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.OFFERED, Status.BOOKED, Status.PASSED])
                | Q(booking__isnull=False),
                name="offered_wait_has_its_booking",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=ACTIVE)
                | Q(number__isnull=False, number__gte=1, number__lte=rules.MOST_WAITS),
                name="person_waits_for_five_times_at_most",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ACTIVE) | Q(ended_at__isnull=False), name="ended_wait_says_when"
            ),
            models.UniqueConstraint(
                fields=["customer", "number"],
                condition=Q(status__in=ACTIVE),
                name="each_wait_of_a_person_has_its_number",
            ),
            ExclusionConstraint(
                name="person_waits_once_for_a_day",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    ("offering", RangeOperators.EQUAL),
                    (DateRange(F("first"), F("last"), Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=ACTIVE),
            ),
        ]
        indexes = [
            models.Index(
                fields=["business", "made_at", "id"], name="waiting_in_line", condition=Q(status="waiting")
            ),
            models.Index(fields=["last"], name="waiting_until", condition=Q(status="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.offering}: {self.first} – {self.last}"

    def get_absolute_url(self) -> str:
        return reverse("my_wait", kwargs={"public_id": self.public_id})

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @property
    def days(self) -> str:
        if self.first == self.last:
            return date_format(self.first, "j F l")
        return f"{date_format(self.first, 'j F')} – {date_format(self.last, 'j F')}"

    @property
    def part_labels(self) -> list[Any]:
        return [Part(code).label for code in self.parts]

    @property
    def animals(self) -> str:
        return ", ".join(pet.name for pet in self.pets.all())

    def waits_on(self, day: date) -> bool:
        return self.first <= day <= self.last
