"""A request for a quote, its quotes, and the press that accepted one."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from booking.models import Booking, Offering, Resource
from core import provinces
from core.fields import ChoicesField
from pets.models import Pet
from pets.species import STAMPS, Species
from teams.models import Business

from .. import rules
from ..states import OPEN, Asked, Offered


class Way(models.TextChoices):
    SHARED = "shared", _("Shared vehicle")
    ALONE = "alone", _("Alone in the vehicle")
    TOGETHER = "together", _("With a person of yours")


class Box(models.TextChoices):
    SMALL = "small", _("Small: cat, rabbit, bird (up to 5 kg)")
    MEDIUM = "medium", _("Medium: up to 15 kg")
    LARGE = "large", _("Large: up to 30 kg")
    GIANT = "giant", _("Very large: over 30 kg")


class Wish(models.TextChoices):
    PHOTOS = "photos", _("A photo at each rest")
    BOX = "box", _("The carrier brings the box")
    MEDICINE = "medicine", _("There is a time for medicine")
    FEARFUL = "fearful", _("Is afraid in cars")


PROVINCES = provinces.CHOICES


class TransferRequest(models.Model):
    """What is to be carried, from where to where, when. `until`: ends by itself if nobody acts."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # pressed twice, asked once
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="transfer_requests")
    business = models.ForeignKey(Business, models.PROTECT, related_name="transfer_requests")
    offering = models.ForeignKey(Offering, models.PROTECT, related_name="transfer_requests")
    status = models.CharField(_("state"), max_length=9, choices=Asked.choices, default=Asked.ASKED)
    from_province = models.CharField(_("province of the pick-up"), max_length=2, choices=PROVINCES)
    from_district = models.CharField(_("district of the pick-up"), max_length=60)
    from_address = models.CharField(_("address of the pick-up"), max_length=300, blank=True)
    from_name = models.CharField(_("who hands over"), max_length=80, blank=True)
    from_phone = models.CharField(_("phone at the pick-up"), max_length=16, blank=True)
    to_province = models.CharField(_("province of the drop-off"), max_length=2, choices=PROVINCES)
    to_district = models.CharField(_("district of the drop-off"), max_length=60)
    to_address = models.CharField(_("address of the drop-off"), max_length=300, blank=True)
    to_name = models.CharField(_("who receives"), max_length=80, blank=True)
    to_phone = models.CharField(_("phone at the drop-off"), max_length=16, blank=True)
    earliest = models.DateTimeField(_("pick-up from"))
    latest = models.DateTimeField(_("pick-up until"))
    way = models.CharField(_("how"), max_length=8, choices=Way.choices, default=Way.SHARED)
    box = models.CharField(_("size of the box"), max_length=6, choices=Box.choices, default=Box.SMALL)
    wishes = ChoicesField(
        models.CharField(max_length=8, choices=Wish.choices),
        verbose_name=_("good to know"),
        default=list,
        blank=True,
    )
    note = models.CharField(_("medicine and habits"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("request for a transfer")
        verbose_name_plural = _("requests for transfers")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Asked.values), name="transfer_request_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(latest__gt=F("earliest")), name="transfer_window_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(OPEN)) | Q(until__isnull=False),
                name="open_transfer_request_says_until_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=Asked.DECLINED) | ~Q(reason=""), name="declined_transfer_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-asked_at", "-id"], name="transfer_request_of_person"),
            models.Index(fields=["business", "status", "until"], name="transfer_request_of_business"),
            models.Index(
                fields=["until"], name="transfer_request_to_end", condition=Q(status__in=sorted(OPEN))
            ),
        ]

    def __str__(self) -> str:
        return self.road

    @property
    def origin(self) -> str:
        return provinces.area(self.from_district, self.from_province)

    @property
    def destination(self) -> str:
        return provinces.area(self.to_district, self.to_province)

    @property
    def road(self) -> str:
        return f"{self.origin} → {self.destination}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def wish_labels(self) -> list[Any]:
        return [Wish(one).label for one in self.wishes]

    def url(self) -> str:
        return reverse("my_transfer_request", args=[self.public_id])


class RequestPet(models.Model):
    """An animal that is to be carried; its name stays when its profile is put away."""

    request = models.ForeignKey(TransferRequest, models.CASCADE, related_name="pets")
    pet = models.ForeignKey(Pet, models.SET_NULL, null=True, blank=True, related_name="transfer_requests")
    name = models.CharField(max_length=60)
    species = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("animal of a transfer")
        verbose_name_plural = _("animals of transfers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "pet"], name="animal_is_carried_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stamp(self) -> str:
        return STAMPS[Species(self.species)][0]

    @property
    def ground(self) -> str:
        return STAMPS[Species(self.species)][1]


class Quote(models.Model):
    """What a carrier offers. Once sent its terms never change (a trigger of the database sees to it)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(TransferRequest, models.CASCADE, related_name="quotes")
    status = models.CharField(_("state"), max_length=10, choices=Offered.choices, default=Offered.SENT)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    pickup_at = models.DateTimeField(_("pick-up"))
    minutes = models.PositiveIntegerField(_("how long it takes"))
    vehicle = models.ForeignKey(
        Resource, models.PROTECT, related_name="quotes_as_vehicle", verbose_name=_("vehicle")
    )
    driver = models.ForeignKey(
        Resource, models.PROTECT, related_name="quotes_as_driver", verbose_name=_("driver")
    )
    plate = models.CharField(_("plate"), max_length=12)
    policy = models.JSONField(default=list)
    note = models.CharField(_("what the owner should know"), max_length=500, blank=True)
    valid_until = models.DateTimeField(_("holds until"))
    made_at = models.DateTimeField(_("sent"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="transfer_quotes"
    )
    warned_at = models.DateTimeField(null=True, blank=True)  # that it ends soon

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Offered.values), name="quote_state_is_known"),
            models.CheckConstraint(condition=Q(price__gt=0), name="quote_has_a_price"),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=rules.LONGEST_MINUTES),
                name="quote_takes_up_to_a_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("made_at"), valid_until__lte=F("pickup_at")),
                name="quote_ends_before_pick_up",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(status__in=[Offered.SENT, Offered.ACCEPTED]),
                name="one_quote_of_a_request_holds",
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until"],
                name="quote_to_warn",
                condition=Q(status="sent", warned_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.price} · {self.request}"

    @property
    def ends_at(self) -> datetime:
        return self.pickup_at + timedelta(minutes=self.minutes)


class Acceptance(models.Model):
    """The press that accepted a quote, and the booking it held. Was that not paid, another may follow."""

    quote = models.ForeignKey(Quote, models.PROTECT, related_name="acceptances")
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="transfer_acceptance")

    class Meta:
        verbose_name = _("accepted quote")
        verbose_name_plural = _("accepted quotes")

    def __str__(self) -> str:
        return str(self.booking)
