"""What buyer and seller say to each other about a parcel."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.storage import private
from core.uploads import StoredUnder


class Side(models.TextChoices):
    BUYER = "buyer", _("Buyer")
    SELLER = "seller", _("Seller")


class TalkQuerySet(models.QuerySet["Talk"]):
    def of_business(self, business: Any) -> TalkQuerySet:
        return self.filter(parcel__business=business)

    def of_buyer(self, user: Any) -> TalkQuerySet:
        return self.filter(parcel__order__user=user)


class Talk(models.Model):
    """One for each parcel. Messages a side has not read yet are counted here; a shop reads as one."""

    parcel = models.OneToOneField("order.SellerOrder", models.PROTECT, related_name="talk")
    last_at = models.DateTimeField()
    unread_by_buyer = models.PositiveIntegerField(default=0)
    unread_by_seller = models.PositiveIntegerField(default=0)
    # Reported to support: its people may read along then.
    ticket = models.ForeignKey("support.Ticket", models.SET_NULL, null=True, blank=True, related_name="+")

    objects: Any = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk about a parcel")
        verbose_name_plural = _("talks about parcels")
        ordering = ["-last_at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class TalkMessage(models.Model):
    """Plain text, always shown as text."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="messages")
    side = models.CharField(max_length=6, choices=Side.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("message"), max_length=2000)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("message about a parcel")
        verbose_name_plural = _("messages about parcels")
        ordering = ["at", "pk"]
        indexes = [models.Index("talk", "at", "id", name="parcel_talk")]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="parcel_message_has_a_side"),
            models.CheckConstraint(condition=~Q(text=""), name="parcel_message_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.talk_id} #{self.pk}"


class TalkPhoto(models.Model):
    """Drawn anew, without place and camera; lies where no address leads."""

    message = models.OneToOneField(TalkMessage, models.CASCADE, related_name="photo")
    file = models.FileField(upload_to=StoredUnder("parcels"), storage=private)

    class Meta:
        verbose_name = _("photo in a message about a parcel")
        verbose_name_plural = _("photos in messages about parcels")

    def __str__(self) -> str:
        return f"{self.message_id}"
