"""A time taken: by whom, for which animals, on what it rests, and how it is paid."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.documents.parties import Party
from finance.sold import Sold
from payments.errors import NotPayable
from pets.models import Pet
from teams.models import Business, Location

from .. import rules
from ..kinds import TRAITS, Kind
from ..states import BLOCKING, By, Status
from .offerings import Offering
from .resources import Resource


def new_number() -> str:
    """As people say it on the phone: nine letters and digits, nothing that looks like another."""
    return uuid.uuid4().hex[:9].upper()


class Booking(models.Model):
    """Price, policy and name are frozen when it is made. `due` is what is paid when booking.

    `hold_number` counts the open holds of one person: there are three, and the database knows it. What is
    offered to somebody who waited is none of them. Several that are held, paid and given up together (the
    sessions of a course) follow a `head`; they are one hold. `place` says which of `places` it is.
    """

    waits_for_transfer = False  # a slot cannot wait for a transfer of three days

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=9, unique=True, default=new_number, editable=False)
    key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # pressed twice, held once
    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    guest_name = models.CharField(gettext_lazy("name"), max_length=120, blank=True)  # came by herself
    guest_phone = models.CharField(gettext_lazy("phone"), max_length=16, blank=True)
    business = models.ForeignKey(Business, models.PROTECT, related_name="bookings")
    location = models.ForeignKey(Location, models.PROTECT, related_name="bookings")
    offering = models.ForeignKey(Offering, models.PROTECT, related_name="bookings")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=80)
    status = models.CharField(
        gettext_lazy("state"), max_length=10, choices=Status.choices, default=Status.HELD
    )
    starts_at = models.DateTimeField(gettext_lazy("begins"))
    ends_at = models.DateTimeField(gettext_lazy("ends"))
    price = models.DecimalField(max_digits=12, decimal_places=2)
    due = models.DecimalField(max_digits=12, decimal_places=2)
    paid = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    refunded = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    vat_percent = models.DecimalField(max_digits=5, decimal_places=2)
    policy = models.JSONField(default=list)
    on_request = models.BooleanField(default=False)
    note = models.CharField(gettext_lazy("what they should know"), max_length=500, blank=True)
    hold_number = models.PositiveSmallIntegerField(null=True, editable=False)
    is_offer = models.BooleanField(default=False, editable=False)  # kept for her because she waited for it
    head: Any = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", editable=False
    )
    place = models.PositiveSmallIntegerField(default=1, editable=False)
    places = models.PositiveSmallIntegerField(default=1, editable=False)
    until = models.DateTimeField(null=True, blank=True)  # held: then free again; requested: answer by
    made_at = models.DateTimeField(gettext_lazy("booked"))
    sequence = models.PositiveSmallIntegerField(default=0)  # of its calendar entry; each change counts on
    confirmed_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    taken_in_at = models.DateTimeField(null=True, blank=True)  # arrived without it: waits
    completed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=8, choices=By.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    earned_at = models.DateTimeField(null=True, blank=True)
    coming_at = models.DateTimeField(null=True, blank=True)  # when she said that she comes at this time
    reminded = models.PositiveSmallIntegerField(default=0, editable=False)  # stages of `rules.REMIND` gone

    class Meta:
        verbose_name = gettext_lazy("booking")
        verbose_name_plural = gettext_lazy("bookings")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="booking_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(price__gte=F("due"), due__gte=0, paid__gte=0), name="booking_sums_up"
            ),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("paid")),
                name="booking_gives_back_what_it_took",
            ),
            models.CheckConstraint(
                condition=Q(customer__isnull=False) | ~Q(guest_name=""), name="booking_is_somebodys"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.HELD, Status.REQUESTED]) | Q(until__isnull=False),
                name="kept_booking_says_until_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.HELD)
                | Q(customer=None)
                | Q(is_offer=True, hold_number=None)
                | Q(head__isnull=False)
                | Q(hold_number__isnull=False, hold_number__gte=1, hold_number__lte=rules.MOST_HOLDS),
                name="person_keeps_three_times_at_most",
            ),
            models.UniqueConstraint(
                fields=["customer", "hold_number"],
                condition=Q(status=Status.HELD),
                name="each_hold_of_a_person_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=F("places"), places__lte=rules.MOST_TOGETHER),
                name="booking_is_one_of_so_many",
            ),
            models.CheckConstraint(
                condition=Q(place=1, head=None) | Q(place__gt=1, head__isnull=False, hold_number=None),
                name="first_of_several_leads_the_others",
            ),
            models.UniqueConstraint(fields=["head", "place"], name="place_behind_a_head_is_taken_once"),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.CANCELLED, Status.DECLINED])
                | Q(ended_at__isnull=False, ended_by__in=By.values),
                name="ended_booking_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(taken_in_at=None) | Q(arrived_at__isnull=False),
                name="who_is_taken_in_has_arrived",
            ),
        ]
        indexes = [
            models.Index(fields=["business", "starts_at"], name="booking_of_business"),
            models.Index(fields=["customer", "-starts_at", "-id"], name="booking_of_customer"),
            models.Index(
                fields=["until"], name="booking_to_end", condition=Q(status__in=["held", "requested"])
            ),
            models.Index(
                fields=["starts_at"],
                name="booking_to_remind",
                condition=Q(status="confirmed", reminded__lt=2),
            ),
            models.Index(fields=["ends_at"], name="booking_to_earn", condition=Q(earned_at=None, paid__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def module(self) -> str:
        return TRAITS[Kind(self.kind)].module

    @property
    def category(self) -> str:
        return ""

    @property
    def payee(self) -> Any:
        return self.business

    @property
    def payer(self) -> Any:
        return self.customer

    @property
    def nights(self) -> int:
        return (timezone.localdate(self.ends_at) - timezone.localdate(self.starts_at)).days

    @property
    def is_of_several(self) -> bool:
        return self.places > 1

    @property
    def keeps_its_place(self) -> bool:
        return self.status in BLOCKING

    @property
    def who(self) -> str:
        return self.guest_name or (self.customer.get_full_name() if self.customer else "")

    def amount_due(self) -> Decimal:
        return self.due

    def describe(self) -> str:
        moment = timezone.localtime(self.starts_at)
        words = {"title": self.title, "business": self.business.name}
        return _("%(title)s, %(business)s, %(when)s") % {
            **words,
            "when": date_format(moment, "j F Y, H:i"),
        }

    def sold(self) -> list[Sold]:
        return [Sold(text=self.describe(), amount=self.due, vat_percent=self.vat_percent)]

    def url(self) -> str:
        return reverse("my_booking", kwargs={"public_id": self.public_id})

    def invoice_to(self) -> Party | None:
        return None

    def held_until(self) -> datetime | None:
        return self.until if self.status == Status.HELD else None

    def lock(self) -> None:
        self.lock_all([self.pk])

    @classmethod
    def lock_all(cls, pks: Sequence[int]) -> None:
        """Resources before bookings, each by number: money that comes late takes the time anew."""
        from .. import locks

        locks.of_bookings(pks)

    def check_payable(self, *, now: datetime) -> None:
        self.check_all_payable([self.pk], now=now)

    @classmethod
    def check_all_payable(cls, pks: Sequence[int], *, now: datetime) -> None:
        if cls.objects.filter(pk__in=pks, status=Status.HELD, until__gt=now).count() < len(pks):
            raise NotPayable(_("This time is not kept for you any more. Nothing was charged."))

    def on_settled(self, item: Any, *, now: datetime) -> bool:
        """False: its time was taken by somebody else meanwhile; the money goes back."""
        from .. import services  # they stand on these models

        return services.take_money(booking=self, amount=item.amount, now=now)

    def on_refunded(self, refund: Any, *, now: datetime) -> None:
        Booking.objects.filter(pk=self.pk).update(refunded=F("refunded") + refund.amount)


class BookingItem(models.Model):
    """An animal it is for. A guest's animal, or one put away, is a name only."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="items")
    pet = models.ForeignKey(Pet, models.SET_NULL, null=True, blank=True, related_name="booking_items")
    name = models.CharField(max_length=60)
    species = models.CharField(max_length=10)

    class Meta:
        verbose_name = gettext_lazy("animal of a booking")
        verbose_name_plural = gettext_lazy("animals of bookings")
        constraints = [
            models.UniqueConstraint(fields=["booking", "pet"], name="animal_stands_once_in_a_booking"),
        ]

    def __str__(self) -> str:
        return self.name


class Claim(models.Model):
    """A resource taken for a stretch, buffers included. A resource of capacity 5 has lanes 0 to 4.

    The exclusion constraint is the promise that nothing is booked twice; it is deferrable so that claims
    can change lanes among themselves in one statement.
    """

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="claims")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="claims")
    lane = models.PositiveSmallIntegerField(default=0)
    during = DateTimeRangeField()
    blocking = models.BooleanField(default=True)

    class Meta:
        verbose_name = gettext_lazy("claim")
        verbose_name_plural = gettext_lazy("claims")
        constraints = [
            ExclusionConstraint(
                name="resource_is_taken_once",
                expressions=[
                    ("resource", RangeOperators.EQUAL),
                    ("lane", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(blocking=True),
                deferrable=Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id}/{self.lane} {self.during}"
