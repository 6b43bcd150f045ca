"""Who keeps the animal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .pet import Pet


class Part(models.TextChoices):
    PRIMARY = "primary", _("Main keeper")
    CO = "co", _("Co-keeper")


class Keeper(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept")
    pet = models.ForeignKey(Pet, models.CASCADE, related_name="keepers")
    part = models.CharField(_("part"), max_length=7, choices=Part.choices)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("keeper")
        verbose_name_plural = _("keepers")
        constraints = [
            models.UniqueConstraint(fields=["user", "pet"], name="person_keeps_a_pet_once"),
            models.UniqueConstraint(
                fields=["pet"], condition=Q(part=Part.PRIMARY), name="pet_has_one_main_keeper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.pet}"

    @property
    def is_primary(self) -> bool:
        return self.part == Part.PRIMARY


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> InvitationQuerySet:
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


class Invitation(models.Model):
    """For one address, once, for a few days. Only a hash of its token is kept."""

    pet = models.ForeignKey(Pet, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects: Any = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["pet", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="address_has_one_open_invitation_to_a_pet",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="invitation_is_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="invitation_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pet} #{self.pk}"
