"""The private address of a calendar: whoever has it reads times and names of offerings, nothing else."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .resources import Resource


def new_token() -> str:
    return secrets.token_urlsafe(24)


class CalendarLink(models.Model):
    """Of a person (her own bookings) or of a resource (what is booked on it). A new token ends the old."""

    token = models.CharField(max_length=40, unique=True, default=new_token)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="calendar_link"
    )
    resource = models.OneToOneField(
        Resource, models.CASCADE, null=True, blank=True, related_name="calendar_link"
    )

    class Meta:
        verbose_name = _("private address of a calendar")
        verbose_name_plural = _("private addresses of calendars")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, resource__isnull=False)
                | Q(user__isnull=False, resource__isnull=True),
                name="calendar_link_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user or self.resource)

    def get_absolute_url(self) -> str:
        return reverse("booking_calendar", kwargs={"token": self.token})
