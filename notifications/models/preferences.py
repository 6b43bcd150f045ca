"""What a person wishes to hear, how and when. No row means: as the category has it."""

from __future__ import annotations

from datetime import datetime, time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import quiet
from ..categories import Category, Channel, Mode

DIGEST_HOUR = 18


class Preference(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    category = models.CharField(max_length=20, choices=Category.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    mode = models.CharField(max_length=10, choices=Mode.choices)

    class Meta:
        verbose_name = _("wish for notices")
        verbose_name_plural = _("wishes for notices")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "category", "channel"], name="person_has_one_wish_for_each_cell"
            ),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="wish_is_a_known_mode"),
            models.CheckConstraint(
                condition=~Q(channel=Channel.PANEL, mode=Mode.DIGEST), name="panel_knows_no_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.channel}: {self.mode}"


class Habits(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_habits")
    is_quiet = models.BooleanField(_("keep quiet hours"), default=True)
    quiet_from = models.TimeField(_("quiet from"), default=time(22))
    quiet_until = models.TimeField(_("quiet until"), default=time(8))
    digest_hour = models.PositiveSmallIntegerField(_("hour of the digest"), default=DIGEST_HOUR)

    class Meta:
        verbose_name = _("hours for notices")
        verbose_name_plural = _("hours for notices")
        constraints = [
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="digest_hour_is_on_the_clock")
        ]

    def __str__(self) -> str:
        return f"{self.quiet_from:%H:%M}–{self.quiet_until:%H:%M}"

    def earliest(self, now: datetime) -> datetime:
        """When a mail that can wait may leave."""
        return quiet.earliest(now, self.quiet_from, self.quiet_until) if self.is_quiet else now
