"""What is due for an animal, and the dated figures it is counted from."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import DateRange

from ..duty_kinds import Kind, State
from .pet import Pet


class Unit(models.TextChoices):
    DAYS = "days", _("days")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")
    DATE = "date", _("on a day")


class Figure(models.Model):
    """A figure of the law or of common advice, with the time it holds and where it stands (L-01)."""

    code = models.CharField(_("figure"), max_length=40)
    unit = models.CharField(_("unit"), max_length=6, choices=Unit.choices)
    amount = models.PositiveSmallIntegerField(_("amount"), null=True, blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)  # first day without it
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("address of the source"), blank=True)
    checked_on = models.DateField(_("last checked"))

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["code", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=Unit.DATE, amount=None, day__isnull=False)
                | (~Q(unit=Unit.DATE) & Q(amount__isnull=False, day=None)),
                name="figure_is_a_day_or_an_amount",
            ),
            ExclusionConstraint(
                name="figure_holds_once_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.day or self.amount}"


class Statement(models.Model):
    """A keeper says that an office was told. We tell no office ourselves."""

    pet = models.ForeignKey(Pet, models.CASCADE, related_name="statements")
    kind = models.CharField(_("duty"), max_length=16, choices=Kind.choices)
    said_on = models.DateField(_("done on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [models.UniqueConstraint(fields=["pet", "kind"], name="duty_is_stated_once")]

    def __str__(self) -> str:
        return f"{self.pet}: {self.kind}"


class Duty(models.Model):
    """Written by `services.duties.refresh` only: always what the rules give for the facts of today."""

    pet = models.ForeignKey(Pet, models.CASCADE, related_name="duties")
    kind = models.CharField(_("duty"), max_length=16, choices=Kind.choices)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("address of the source"), blank=True)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = [F("due_on").asc(nulls_last=True), "kind"]
        constraints = [
            models.UniqueConstraint(fields=["pet", "kind"], name="pet_has_a_duty_once"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False) | Q(done_on__isnull=False), name="duty_is_due_or_done"
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="duty_due")]

    def __str__(self) -> str:
        return f"{self.pet}: {self.kind}"

    @property
    def is_legal(self) -> bool:
        return Kind(self.kind).is_legal

    @property
    def state(self) -> State:
        return State(self.due_on)

    @property
    def can_be_stated(self) -> bool:
        return self.due_on is not None and Kind(self.kind).is_stated


class DutyReminder(models.Model):
    """This date of this duty was announced at this distance: never twice."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "due_on", "days"], name="duty_is_announced_once")
        ]

    def __str__(self) -> str:
        return f"{self.duty_id}: {self.days}"
