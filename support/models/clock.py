"""What was promised, what was done when it came near, and who is on call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from core.fields import DateRange

from ..states import Priority
from .ticket import Ticket

DAY_IN_MINUTES = 24 * 60


class MomentRange(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class SlaTarget(models.Model):
    """How long a first human answer may take, by the clock on the wall. Never longer than a day."""

    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        help_text=_("By the clock on the wall, nights and holidays too; at most 1440 (24 hours)."),
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("The first day without it; empty: for now.")
    )

    class Meta:
        verbose_name = _("promise of an answer")
        verbose_name_plural = _("promises of answers")
        ordering = ["priority", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=DAY_IN_MINUTES),
                name="no_answer_is_promised_later_than_24_hours",
            ),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="promised_priority_is_known"
            ),
            ExclusionConstraint(
                name="one_promise_of_a_priority_at_a_time",
                expressions=[
                    ("priority", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_priority_display()}: {self.minutes}"


class Escalation(models.Model):
    """Done once for each promise: a warning at three quarters, the alarm at its end."""

    class Step(models.TextChoices):
        WARNED = "warned", _("Warned")
        BROKEN = "broken", _("Promise broken")

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="escalations")
    step = models.CharField(_("step"), max_length=6, choices=Step.choices)
    due_at = models.DateTimeField(_("answer due"))
    at = models.DateTimeField(_("when"))
    taken_from = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "step", "due_at"], name="each_promise_escalates_once")
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.step}"


class ShiftQuerySet(models.QuerySet["OnCallShift"]):
    def at(self, now: datetime) -> ShiftQuerySet:
        return self.filter(starts_at__lte=now, ends_at__gt=now)


class OnCallShift(models.Model):
    """Who is paged for emergencies. One person at a time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("who is on call")
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    objects: Any = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("shift on call")
        verbose_name_plural = _("shifts on call")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="one_person_is_on_call_at_a_time",
                expressions=[(MomentRange("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.starts_at:%d.%m.%Y %H:%M}–{self.ends_at:%d.%m.%Y %H:%M}"
