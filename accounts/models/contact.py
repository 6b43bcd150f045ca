"""A new e-mail or phone number on its way, and short messages to phones."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Mobile phone")


class ContactChange(models.Model):
    """Asked for, not yet proven. The account keeps what it had until the code is right.

    An empty seal opens for nothing: the address belongs to somebody else, which the asker is not told.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="contact_changes")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    value = models.CharField(max_length=254)
    replaced = models.CharField(max_length=254, blank=True, help_text=_("What was in force before."))
    sealed = models.CharField(max_length=120, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="contact_channel_is_known"),
            models.CheckConstraint(condition=Q(tries__lte=5), name="a_contact_code_is_tried_five_times"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} #{self.pk}"

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and now <= self.expires_at and self.tries_left > 0

    @property
    def tries_left(self) -> int:
        return settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS - self.tries


class TextMessage(models.Model):
    """A short message on its way to a phone. Its text is erased once it has gone: it may hold a code."""

    to = models.CharField(max_length=16)
    text = models.CharField(max_length=480, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sms #{self.pk}"
