"""What happens while an animal stays: a report a day, another day of leaving."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.storage import private
from core.uploads import StoredUnder

from ..models import Booking
from ..states import By
from .rules import MOST_PHOTOS


class Report(models.Model):
    """One for each day and stay; written anew until that day ends."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="reports")
    day = models.DateField(_("day"))
    text = models.TextField(_("how the day was"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report of a day")
        verbose_name_plural = _("reports of days")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "day"], name="stay_has_a_report_a_day"),
            models.CheckConstraint(condition=~Q(text=""), name="report_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.day}"


class ReportPhoto(models.Model):
    """In two sizes, in the private storage: it opens where its report opens."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    large = models.FileField(storage=private, upload_to=StoredUnder("stays"))
    small = models.FileField(storage=private, upload_to=StoredUnder("stays"))
    width = models.PositiveSmallIntegerField()  # of the small one
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(_("what it shows"), max_length=160)

    class Meta:
        verbose_name = _("picture of a report")
        verbose_name_plural = _("pictures of reports")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="picture_has_its_place"),
            models.CheckConstraint(condition=Q(position__lt=MOST_PHOTOS), name="report_has_six_pictures"),
            models.CheckConstraint(condition=~Q(alt=""), name="picture_says_what_it_shows"),
        ]

    def __str__(self) -> str:
        return self.alt


class LeavingChange(models.Model):
    """A stay became shorter or longer. `amount`: what those nights cost; `given_back` of it, or forgiven.

    `is_decided` False: the business may still say how much of it goes back.
    """

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="leaving_changes")
    before = models.DateTimeField(_("left before"))
    after = models.DateTimeField(_("leaves now"))
    nights = models.SmallIntegerField(_("nights"))
    amount = models.DecimalField(_("price of those nights"), max_digits=12, decimal_places=2)
    given_back = models.DecimalField(_("given back"), max_digits=12, decimal_places=2, default=0)
    is_decided = models.BooleanField(default=True)
    role = models.CharField(max_length=8, choices=By.choices)
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of the day of leaving")
        verbose_name_plural = _("changes of the day of leaving")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nights__lt=0, after__lt=F("before")) | Q(nights__gt=0, after__gt=F("before")),
                name="leaving_is_earlier_or_later",
            ),
            models.CheckConstraint(
                condition=Q(given_back__gte=0, given_back__lte=F("amount")),
                name="unused_nights_give_back_what_they_cost",
            ),
            models.CheckConstraint(
                condition=Q(nights__lt=0) | Q(given_back=0, is_decided=True),
                name="extra_nights_give_nothing_back",
            ),
        ]
        indexes = [models.Index(fields=["booking"], name="leaving_to_decide", condition=Q(is_decided=False))]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.nights:+d}"


class LeavingWish(models.Model):
    """Later, where the business answers each request itself. It keeps no place."""

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="leaving_wish")
    ends_at = models.DateTimeField(_("would leave"))
    nights = models.PositiveSmallIntegerField(_("nights"))
    amount = models.DecimalField(_("price of those nights"), max_digits=12, decimal_places=2)
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("wish to stay longer")
        verbose_name_plural = _("wishes to stay longer")
        constraints = [models.CheckConstraint(condition=Q(nights__gte=1), name="wish_is_for_nights")]

    def __str__(self) -> str:
        return f"{self.booking_id} +{self.nights}"
