"""The room of a consultation, who was in it, and what went through it."""

from __future__ import annotations

import uuid
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ...models import Booking
from .. import rules
from ..states import LIVE, Phase, Side


class Consultation(models.Model):
    """One for each confirmed booking of its kind. When it opens is counted from the booking, never kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="consultation")
    address = models.URLField(_("meeting address"), max_length=300, blank=True)  # empty: our own room
    made_at = models.DateTimeField()
    told_for = models.DateTimeField(null=True, blank=True)  # the start for which both sides were told

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [
            models.CheckConstraint(
                condition=Q(address="") | Q(address__startswith="https://"), name="meeting_address_is_https"
            ),
        ]

    def __str__(self) -> str:
        return str(self.booking)

    @property
    def opens_at(self) -> datetime:
        return self.booking.starts_at - rules.OPENS_BEFORE

    @property
    def closes_at(self) -> datetime:
        return self.booking.ends_at + rules.CLOSES_AFTER

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or ""

    def phase(self, now: datetime) -> Phase:
        if self.booking.status not in LIVE:
            return Phase.OFF
        if now < self.opens_at:
            return Phase.EARLY
        return Phase.OPEN if now < self.closes_at else Phase.OVER


class Presence(models.Model):
    """One connection of one side, from entering to leaving: the evidence of who was there.

    `key` stands in its token. Entering elsewhere ends it, so each side has one.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="presences")
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    joined_at = models.DateTimeField(_("entered"))
    seen_at = models.DateTimeField(_("last heard of"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="presence_has_a_known_side"),
            models.UniqueConstraint(
                fields=["consultation", "side"], condition=Q(left_at=None), name="side_is_in_the_room_once"
            ),
            models.CheckConstraint(
                condition=Q(seen_at__gte=F("joined_at")) & (Q(left_at=None) | Q(left_at__gte=F("joined_at"))),
                name="presence_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.side}"

    def is_heard(self, now: datetime) -> bool:
        """Of one that has not left."""
        return now - self.seen_at < rules.AWAY_AFTER


class Signal(models.Model):
    """What one browser tells the other so that they find each other. Read once, kept for an hour."""

    sender = models.ForeignKey(Presence, models.CASCADE, related_name="sent")
    to = models.ForeignKey(Presence, models.CASCADE, related_name="received")
    body = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("signal")
        verbose_name_plural = _("signals")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(sender=F("to")), name="signal_goes_to_the_other_side"),
        ]
        indexes = [
            models.Index(fields=["to", "id"], name="signal_of_receiver"),
            models.Index(fields=["at"], name="signal_to_forget"),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} → {self.to_id}"


class Message(models.Model):
    """Written beside the picture; part of the record. `key` comes from the browser: sent twice, kept once."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="messages")
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    key = models.UUIDField()
    text = models.CharField(_("message"), max_length=rules.LONGEST_MESSAGE)
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("message of a consultation")
        verbose_name_plural = _("messages of consultations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="message_has_a_known_side"),
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
            models.UniqueConstraint(fields=["consultation", "key"], name="message_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} #{self.pk}"  # never its words: this ends up in logs
