"""When a branch is open. Times are those on the wall clock of the branch."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from .business import Location

DAY = 24 * 60
DAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


class WeeklyHours(models.Model):
    """One stretch of a weekday, in minutes since midnight. Past midnight it counts on: 22–02 is 1320–1560."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="weekly_hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=DAYS)
    starts = models.PositiveSmallIntegerField(_("opens"))
    ends = models.PositiveSmallIntegerField(_("closes"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="week_has_seven_days"),
            models.CheckConstraint(
                condition=Q(starts__lt=DAY, ends__gt=F("starts"), ends__lte=F("starts") + DAY),
                name="opening_lasts_up_to_a_day",
            ),
            ExclusionConstraint(
                name="openings_of_a_day_do_not_overlap",
                expressions=[
                    ("location", "="),
                    ("weekday", "="),
                    (Func(F("starts"), F("ends"), function="int4range"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {clock(self.starts):%H:%M}–{clock(self.ends):%H:%M}"


class SpecialDay(models.Model):
    """A day that differs: closed, or open at other times. It counts before weekdays and holidays."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="special_days")
    on = models.DateField(_("day"))
    starts = models.PositiveSmallIntegerField(_("opens"), null=True)
    ends = models.PositiveSmallIntegerField(_("closes"), null=True)
    note = models.CharField(_("reason"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["location", "on"], name="branch_has_a_special_day_once"),
            models.CheckConstraint(
                condition=Q(starts=None, ends=None)
                | Q(starts__lt=DAY, ends__gt=F("starts"), ends__lte=F("starts") + DAY),
                name="special_day_is_closed_or_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y}"

    @property
    def is_closed(self) -> bool:
        return self.starts is None

    @property
    def opens(self) -> time | None:
        return None if self.starts is None else clock(self.starts)

    @property
    def closes(self) -> time | None:
        return None if self.ends is None else clock(self.ends)


class PublicLeave(models.Model):
    """A day off the state announces beside the law's holidays (administrative leave). Kept by our staff."""

    on = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    from_noon = models.BooleanField(_("half a day, from 13:00"), default=False)

    class Meta:
        verbose_name = _("announced day off")
        verbose_name_plural = _("announced days off")
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y} {self.name}"


def clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def minutes(moment: Any) -> int:
    return int(moment.hour * 60 + moment.minute)
