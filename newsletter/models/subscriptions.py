"""Who gets the newsletter, and the evidence that she asked for it."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.audiences import Audience
from core.fields import ChoicesField

from ..states import SubscriptionStatus as Status


def all_audiences() -> list[str]:
    return list(Audience.values)


class Subscription(models.Model):
    """One address. It stays after its end as long as the proof has to be kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PENDING)
    locale = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="tr")
    audiences = ChoicesField(
        models.CharField(max_length=10, choices=Audience.choices),
        verbose_name=_("for whom"),
        default=all_audiences,
    )
    token_hash = models.CharField(max_length=64, blank=True)
    token_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(_("Asked on"))
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True)
    ended_at = models.DateTimeField(_("ended on"), null=True)
    iys_at = models.DateTimeField(_("approved in İYS since"), null=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")) & Q(email__regex=r"^[!-~]+@[!-~]+$"),
                name="subscription_email_is_canonical",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="subscription_has_a_known_status"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.ACTIVE) | Q(confirmed_at__isnull=False, ended_at=None),
                name="active_subscription_was_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.STOPPED) | Q(ended_at__isnull=False, iys_at=None),
                name="stopped_subscription_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(token_hash="", token_until=None)
                | (
                    ~Q(token_hash="")
                    & Q(token_until__isnull=False, token_until__gt=F("asked_at"), status=Status.PENDING)
                ),
                name="only_a_pending_subscription_has_a_token",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "ended_at"], name="subscription_ended"),
            models.Index(fields=["token_hash"], condition=~Q(token_hash=""), name="subscription_token"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} ({self.status})"

    @property
    def is_active(self) -> bool:
        return self.status == Status.ACTIVE

    def has_open_token(self, now: datetime) -> bool:
        return self.token_until is not None and now < self.token_until


class ConsentText(models.Model):
    """Words that somebody has agreed to. A trigger refuses to change or delete a row."""

    locale = models.CharField(max_length=5)
    number = models.PositiveSmallIntegerField(_("version"))
    sha256 = models.CharField(max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        constraints = [
            models.UniqueConstraint(fields=["locale", "number"], name="consent_text_has_its_own_number"),
        ]

    def __str__(self) -> str:
        return f"{self.locale} v{self.number}"


class EvidenceKind(models.TextChoices):
    ASKED = "asked", _("asked for it")
    CONFIRMED = "confirmed", _("confirmed it")
    CHANGED = "changed", _("changed it")
    STOPPED = "stopped", _("stopped it")
    RETURNED = "returned", _("took the stop back")


class Evidence(models.Model):
    """What happened to a subscription, and where. Rows are added; a trigger refuses to change one."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("what happened"), max_length=10, choices=EvidenceKind.choices)
    at = models.DateTimeField(_("when"))
    source = models.CharField(_("where"), max_length=200)
    ip = models.GenericIPAddressField(_("network address (IP)"), null=True)
    locale = models.CharField(_("language"), max_length=5, blank=True)
    text = models.ForeignKey(ConsentText, models.PROTECT, null=True, related_name="+", verbose_name=_("text"))

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["subscription", "-at", "-id"], name="evidence_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="confirmed") | Q(text__isnull=False), name="confirmation_names_its_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.kind}"
