"""Addresses of other systems that want to know of changes, and what became of each message to them."""

from __future__ import annotations

import secrets
import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from core import http
from core.models import Line
from faq.fields import ChoicesField

from . import events


class Event(models.TextChoices):
    PUBLISHED = events.PUBLISHED, _("page published")
    UNPUBLISHED = events.UNPUBLISHED, _("page unpublished")
    MOVED = events.MOVED, _("page moved")
    DELETED = events.DELETED, _("page deleted")
    PRODUCTS_CHANGED = events.PRODUCTS_CHANGED, _("products of the store changed")
    STOCK_CHANGED = events.STOCK_CHANGED, _("stock of the store changed")


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def all_events() -> list[str]:
    return list(Event.values)


class Webhook(models.Model):
    url = models.URLField(_("address"), max_length=500, help_text=_("https:// only."))
    secret = models.CharField(
        _("secret"), max_length=100, default=new_secret, help_text=_("Both sides sign and check with it.")
    )
    events = ChoicesField(
        models.CharField(max_length=40, choices=Event.choices), verbose_name=_("events"), default=all_events
    )
    active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(secret=""), name="webhook_has_a_secret"),
        ]

    def __str__(self) -> str:
        return self.url

    def clean(self) -> None:
        super().clean()
        try:
            http.check_public(self.url)
        except RequestException as error:
            raise ValidationError({"url": _("We only send to public https addresses.")}) from error


class Status(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    RETRYING = "retrying", _("Will be tried again")
    FAILED = "failed", _("Given up")


class Delivery(models.Model):
    """One message to one webhook. Its `public_id` stays the same at each try, so twice is seen as once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", verbose_name=_("webhook"))
    line = models.ForeignKey(Line, models.CASCADE, related_name="+", verbose_name=_("what happened"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    response_code = models.PositiveSmallIntegerField(_("answer"), null=True)
    error = models.CharField(_("last error"), max_length=200, blank=True)
    started_at = models.DateTimeField(_("since"), default=timezone.now)
    tried_at = models.DateTimeField(_("last try"), null=True)

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "webhook"], name="line_goes_to_a_webhook_once"),
        ]

    def __str__(self) -> str:
        return f"{self.line} → {self.webhook}"
