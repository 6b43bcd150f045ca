"""Who else may look: a business for a time, or whoever has the link to the page of a lost pet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from teams.models import Business
from teams.states import Status as BusinessStatus

from .pet import Pet


class Scope(models.TextChoices):
    READ = "read", _("Read")
    WRITE = "write", _("Read and write")


class GrantQuerySet(models.QuerySet["Grant"]):
    def live(self, now: datetime) -> GrantQuerySet:
        """Not over, not taken back, to a business that is verified right now."""
        return self.filter(
            revoked_at=None, until__gt=now, business__status=BusinessStatus.VERIFIED, pet__archived_at=None
        )

    def to(self, business: Business) -> GrantQuerySet:
        return self.filter(business=business)


class Grant(models.Model):
    """A keeper lets a business into the file, for a time. Asked anew at every request."""

    pet = models.ForeignKey(Pet, models.CASCADE, related_name="grants")
    business = models.ForeignKey(Business, models.CASCADE, related_name="+")
    scope = models.CharField(_("permission"), max_length=5, choices=Scope.choices)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField(_("granted"))
    until = models.DateTimeField(_("until"))
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects: Any = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("granted_at")), name="grant_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["pet", "business"],
                condition=Q(revoked_at=None),
                name="business_has_one_grant_to_a_pet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pet} → {self.business}"

    @property
    def may_write(self) -> bool:
        return self.scope == Scope.WRITE


class Reading(models.Model):
    """Somebody of a business opened a part of the file."""

    class Part(models.TextChoices):
        FILE = "file", _("File")
        PHOTO = "photo", _("Photo")
        WROTE = "wrote", _("Wrote into it")

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    part = models.CharField(_("part"), max_length=5, choices=Part.choices)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.grant} · {self.part}"


class LostPage(models.Model):
    """A public page about a lost pet: whoever has the link reads what the keeper chose, until closed."""

    pet = models.ForeignKey(Pet, models.CASCADE, related_name="lost_pages")
    token = models.CharField(max_length=40, unique=True)
    message = models.TextField(_("what people should know"), max_length=600)
    contact = models.CharField(_("how to reach you"), max_length=120)
    shows_photo = models.BooleanField(_("show the photo"), default=True)
    shows_marks = models.BooleanField(_("show colour and marks"), default=True)
    shows_chip = models.BooleanField(_("show the chip number"), default=False)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("page of a lost pet")
        verbose_name_plural = _("pages of lost pets")
        constraints = [
            models.UniqueConstraint(
                fields=["pet"], condition=Q(closed_at=None), name="lost_pet_has_one_open_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pet} #{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("pets:lost_page", args=[self.token])
