"""What İYS (the state's register of approvals) has to be told, and what it said."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..states import PushStatus
from .subscriptions import Subscription


class IysState(models.TextChoices):
    """İYS's own words."""

    APPROVED = "ONAY", _("approval")
    REFUSED = "RET", _("refusal")


class IysChangeQuerySet(models.QuerySet["IysChange"]):
    def due(self, now: datetime) -> IysChangeQuerySet:
        """Each address in the order of its decisions: a refusal never overtakes the approval before it."""
        earlier = self.model.objects.filter(
            subscription=OuterRef("subscription"), status=PushStatus.PENDING, pk__lt=OuterRef("pk")
        )
        return self.filter(~Exists(earlier), status=PushStatus.PENDING, next_at__lte=now)

    def late(self, now: datetime) -> IysChangeQuerySet:
        return self.filter(status=PushStatus.PENDING, due_on__lt=timezone.localdate(now))


class IysChange(models.Model):
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="iys_changes")
    state = models.CharField(_("decision"), max_length=4, choices=IysState.choices)
    at = models.DateTimeField(_("when"))
    due_on = models.DateField(_("to be told by"))
    status = models.CharField(
        _("status"), max_length=10, choices=PushStatus.choices, default=PushStatus.PENDING
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_at = models.DateTimeField(_("next try"))
    pushed_at = models.DateTimeField(_("told"), null=True)
    error = models.CharField(_("last error"), max_length=500, blank=True)

    objects = IysChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change for İYS")
        verbose_name_plural = _("changes for İYS")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="pushed", pushed_at__isnull=False)
                | (~Q(status="pushed") & Q(pushed_at=None)),
                name="told_change_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(status="pending"), name="iys_change_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.state} ({self.status})"


class IysSync(models.Model):
    """How far we have read what people decided at İYS itself. One row."""

    cursor = models.CharField(max_length=100, blank=True)
    pulled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.cursor


class IysReport(models.Model):
    """The nightly comparison: one for each day."""

    day = models.DateField(_("day"), unique=True)
    at = models.DateTimeField(_("when"))
    ours = models.PositiveIntegerField(_("approved here"))
    theirs = models.PositiveIntegerField(_("approved in İYS"))
    differences = models.JSONField(_("differences"), default=list)

    class Meta:
        verbose_name = _("comparison with İYS")
        verbose_name_plural = _("comparisons with İYS")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}: {len(self.differences)}"
