"""A round of telling: one thing about one window, told to everybody in batches."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..states import Event
from .windows import MaintenanceWindow


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> RoundQuerySet:
        return self.filter(finished_at=None)


class Round(models.Model):
    """The row is the fact: whoever finds it unfinished tells the next people after `after`.

    `key` is unique in its window (`changed-3`), so a thing is told in one round only; the notices
    carry it, so a person hears it once even when a batch runs twice.
    """

    window = models.ForeignKey(MaintenanceWindow, models.CASCADE, related_name="rounds")
    event = models.CharField(_("what is told"), max_length=12, choices=Event.choices)
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=80)  # of the notices
    data = models.JSONField(default=dict)  # their words
    at = models.DateTimeField(_("since"))
    people = models.PositiveIntegerField(_("people"))  # how many there were at its beginning
    told = models.PositiveIntegerField(_("told"), default=0)
    after = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(_("everybody told"), null=True)
    is_stopped = models.BooleanField(_("stopped, as it no longer held"), default=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of telling")
        verbose_name_plural = _("rounds of telling")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["window", "key"], name="thing_is_told_in_one_round"),
            models.CheckConstraint(
                condition=Q(is_stopped=False) | Q(finished_at__isnull=False), name="stopped_round_is_finished"
            ),
        ]
        indexes = [models.Index(F("at"), condition=Q(finished_at=None), name="round_open")]

    def __str__(self) -> str:
        return f"{self.key} #{self.window_id}"

    @property
    def notice_key(self) -> str:
        return f"{self.window.public_id} {self.key}"
