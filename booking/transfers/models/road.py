"""A journey and what happens on it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from booking.kinds import ResourceKind
from booking.models import Booking, Resource
from core import storage

from .. import rules
from ..states import ENDED, ICONS, ROLLING, Ride, What
from .asking import Quote, TransferRequest


class TransferJob(models.Model):
    """Made when its booking is confirmed; vehicle and driver are those its booking stands on.

    The hand-over code is not stored: it is made of our key, the journey and `code_number` (see `codes`).
    `link_number` and `share_number` count on to end the links given out before.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="transfer_job")
    quote = models.ForeignKey(Quote, models.PROTECT, related_name="jobs")
    status = models.CharField(_("state"), max_length=11, choices=Ride.choices, default=Ride.ASSIGNED)
    picked_up_at = models.DateTimeField(null=True, blank=True)
    condition = models.CharField(_("how the animal was"), max_length=300, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)  # with or without the code
    ended_at = models.DateTimeField(null=True, blank=True)
    confirm_until = models.DateTimeField(null=True, blank=True)
    why_no_code = models.CharField(_("why without the code"), max_length=300, blank=True)
    code_number = models.PositiveSmallIntegerField(default=1, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    tried_key = models.CharField(max_length=64, blank=True, editable=False)
    link_number = models.PositiveSmallIntegerField(default=1, editable=False)
    share_number = models.PositiveSmallIntegerField(default=0, editable=False)  # 0: nobody was given a link
    tells_events = models.BooleanField(_("tell me of every event"), default=True)
    made_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Ride.values), name="journey_state_is_known"),
            models.CheckConstraint(
                condition=Q(code_tries__lte=rules.MOST_TRIES), name="hand_over_code_is_tried_five_times"
            ),
            models.CheckConstraint(
                condition=Q(status=Ride.ASSIGNED, picked_up_at=None)
                | ~Q(status=Ride.ASSIGNED) & Q(picked_up_at__isnull=False),
                name="journey_on_the_road_was_picked_up",
            ),
            models.CheckConstraint(
                condition=~Q(status=Ride.UNCONFIRMED)
                | Q(confirm_until__isnull=False, handed_over_at__isnull=False) & ~Q(why_no_code=""),
                name="unconfirmed_delivery_says_why_and_until_when",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(ENDED)) | Q(ended_at__isnull=False),
                name="ended_journey_says_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["confirm_until"], name="journey_to_confirm", condition=Q(status="unconfirmed")
            ),
            models.Index(
                fields=["ended_at"], name="journey_to_forget", condition=Q(forgotten_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.booking)

    @property
    def request(self) -> TransferRequest:
        return self.quote.request

    @property
    def is_rolling(self) -> bool:
        return self.status in ROLLING

    @property
    def is_over(self) -> bool:
        return self.status in ENDED or self.booking.status in ("cancelled", "no_show", "completed")

    def _of(self, kind: str) -> Resource | None:
        """Of its claims, which are read with it (`queries.jobs`)."""
        claims = sorted(self.booking.claims.all(), key=lambda one: one.pk, reverse=True)
        return next((one.resource for one in claims if one.resource.kind == kind), None)

    @property
    def vehicle(self) -> Resource | None:
        return self._of(ResourceKind.VEHICLE)

    @property
    def driver(self) -> Resource | None:
        return self._of(ResourceKind.PERSON)

    @property
    def driver_name(self) -> str:
        """The first name is all an owner needs."""
        driver: Any = self.driver
        if driver is None:
            return ""
        user = driver.membership.user if driver.membership else None
        return (user.first_name if user else driver.name).split(" ")[0]

    @property
    def animals(self) -> str:
        return ", ".join(one.name for one in self.booking.items.all())

    def url(self) -> str:
        return reverse("my_transfer", args=[self.public_id])


class TrackingEvent(models.Model):
    """`at`: when it happened, said by the phone; `received_at`: when we heard of it. A key counts once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    job = models.ForeignKey(TransferJob, models.CASCADE, related_name="events")
    key = models.CharField(max_length=64, editable=False)
    what = models.CharField(_("what"), max_length=9, choices=What.choices)
    text = models.CharField(_("in words"), max_length=300, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    photo = models.CharField(max_length=100, blank=True, editable=False)  # name in the private storage
    at = models.DateTimeField(_("when"))
    received_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="transfer_events"
    )

    class Meta:
        verbose_name = _("event of a journey")
        verbose_name_plural = _("events of journeys")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["job", "key"], name="event_of_a_journey_counts_once"),
            models.CheckConstraint(condition=Q(what__in=What.values), name="event_of_a_journey_is_known"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="event_place_is_on_earth",
            ),
        ]
        indexes = [models.Index(fields=["job", "-at", "-id"], name="events_of_a_journey")]

    def __str__(self) -> str:
        return self.get_what_display()

    @property
    def icon(self) -> str:
        return ICONS[What(self.what)]

    @property
    def has_point(self) -> bool:
        return self.latitude is not None

    def photo_file(self) -> Any:
        return storage.private().open(self.photo)
