"""What an offering rests on: people, rooms, tables, kennels, vehicles; when each is there."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlsplit

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from core.fields import DateRange
from teams.models import Business, Location, Membership
from teams.models.hours import DAY, DAYS, clock

from ..kinds import ResourceKind


class Resource(models.Model):
    """`capacity` is how many bookings it takes at once: a kennel room of five, a class of eight."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    business = models.ForeignKey(Business, models.CASCADE, related_name="resources")
    location = models.ForeignKey(Location, models.PROTECT, related_name="resources")
    kind = models.CharField(_("kind"), max_length=8, choices=ResourceKind.choices)
    name = models.CharField(_("name"), max_length=60)
    membership = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="resources", verbose_name=_("person")
    )
    capacity = models.PositiveSmallIntegerField(_("how many at once"), default=1)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=200), name="resource_takes_one_to_200"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ResourceKind.values), name="resource_has_a_known_kind"
            ),
            models.UniqueConstraint(
                fields=["location", "name"], condition=Q(is_active=True), name="resources_of_a_branch_differ"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """A stretch of a weekday in which it works, within the hours of its branch. Without any: all of them.

    In minutes since midnight on the wall clock, counting on after it, as opening hours are.
    """

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="shifts")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=DAYS)
    starts = models.PositiveSmallIntegerField(_("from"))
    ends = models.PositiveSmallIntegerField(_("until"))
    valid_from = models.DateField(_("first day"), null=True, blank=True)
    valid_until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="shift_has_a_weekday"),
            models.CheckConstraint(
                condition=Q(starts__lt=DAY, ends__gt=F("starts"), ends__lte=F("starts") + DAY),
                name="shift_lasts_up_to_a_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="shift_counts_for_some_days",
            ),
            ExclusionConstraint(
                name="shifts_of_a_day_do_not_overlap",
                expressions=[
                    ("resource", "="),
                    ("weekday", "="),
                    (Func(F("starts"), F("ends"), function="int4range"), "&&"),
                    (DateRange(F("valid_from"), F("valid_until"), models.Value("[]")), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {clock(self.starts):%H:%M}–{clock(self.ends):%H:%M}"


class FeedFailure(models.TextChoices):
    """Why a calendar kept elsewhere cannot be read."""

    ADDRESS = "address", _("The address is not one that everybody on the internet can reach.")
    ANSWER = "answer", _("Its server does not answer, or says no.")
    CONTENT = "content", _("What it sends is not a calendar.")
    SIZE = "size", _("It is too large.")


class BusyFeed(models.Model):
    """A calendar kept elsewhere (an ICS address): what it says is busy, nothing is booked on."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="feeds")
    url = models.URLField(_("address of the calendar"), max_length=500)
    tried_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)  # since when it cannot be read
    failure = models.CharField(max_length=12, choices=FeedFailure.choices, blank=True)
    etag = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("calendar kept elsewhere")
        verbose_name_plural = _("calendars kept elsewhere")
        constraints = [
            models.UniqueConstraint(fields=["resource", "url"], name="resource_reads_a_calendar_once"),
        ]

    def __str__(self) -> str:
        return self.host

    @property
    def host(self) -> str:
        """All that is shown of it: the rest of such an address is its key."""
        return urlsplit(self.url).hostname or ""


class Absence(models.Model):
    """It is not there: leave, a blocked hour, an entry of a calendar kept elsewhere."""

    class Kind(models.TextChoices):
        LEAVE = "leave", _("Away")
        BLOCK = "block", _("Blocked")
        FEED = "feed", _("Busy in another calendar")

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="absences")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    during = DateTimeRangeField(_("period"))
    note = models.CharField(_("note"), max_length=120, blank=True)
    feed = models.ForeignKey(BusyFeed, models.CASCADE, null=True, blank=True, related_name="absences")

    objects: Any = models.Manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["during"]
        constraints = [
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__startswith__isnull=False)
                & Q(during__endswith__isnull=False),
                name="absence_begins_and_ends",
            ),
            models.CheckConstraint(
                condition=Q(kind="feed", feed__isnull=False) | (~Q(kind="feed") & Q(feed=None)),
                name="absence_of_a_feed_names_it",
            ),
        ]
        indexes = [GistIndex(fields=["resource", "during"], name="absence_of_resource")]

    def __str__(self) -> str:
        return f"{self.resource}: {self.get_kind_display()}"
