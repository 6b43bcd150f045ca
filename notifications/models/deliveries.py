"""Who was told what, by which way, and when: the log that proves it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Mail

from ..categories import Channel
from ..states import WAITING, Status, Why
from .notices import Notice


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> DeliveryQuerySet:
        """Not yet in a mail, and its hour has come. What goes into a digest waits for that."""
        return self.filter(status__in=WAITING, mail=None, is_digest=False, due_at__lte=now)

    def for_digest(self, slot: datetime) -> DeliveryQuerySet:
        """What had happened when the digest of `slot` was due."""
        return self.filter(status=Status.HELD, mail=None, is_digest=True, notice__at__lte=slot)


class Delivery(models.Model):
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", verbose_name=_("notice"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    due_at = models.DateTimeField(_("not before"), null=True)
    is_digest = models.BooleanField(_("in the digest"), default=False)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    error = models.CharField(_("reason"), max_length=500, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notice_goes_by_a_channel_once"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="delivery_has_a_known_status"),
            models.CheckConstraint(
                condition=Q(is_digest=True) | ~Q(status=Status.HELD) | Q(due_at__isnull=False),
                name="held_delivery_knows_until_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(status__in=WAITING, mail=None), name="delivery_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} #{self.notice_id}"

    @property
    def why(self) -> Any:
        """The reason in words; what a server said stays as it said it."""
        return Why(self.error).label if self.error in Why.values else self.error


class Digest(models.Model):
    """That a person got the digest of a day. Unique, so a second run sends none."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [
            models.UniqueConstraint(fields=["recipient", "day"], name="person_gets_one_digest_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} #{self.recipient_id}"
