"""What agents work with, and what people say about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..states import Queue
from .ticket import Ticket


class AnswerTemplate(models.Model):
    """Words an agent begins with. `{name}` and `{reference}` are filled in."""

    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=4000)
    queue = models.CharField(
        _("queue"), max_length=12, choices=Queue.choices, blank=True, help_text=_("Empty: for all queues.")
    )
    locale = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    class Meta:
        verbose_name = _("answer template")
        verbose_name_plural = _("answer templates")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Presence(models.Model):
    """Which agent looks at a ticket, and the answer she has begun: her draft is never lost."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    writing_since = models.DateTimeField(null=True)
    draft = models.TextField(blank=True, max_length=20_000)

    class Meta:
        verbose_name = _("look at a ticket")
        verbose_name_plural = _("looks at tickets")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "user"], name="agent_looks_at_a_ticket_once")
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.user_id}"


class Rating(models.Model):
    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="rating")
    score = models.PositiveSmallIntegerField(_("score"))
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("rating of a ticket")
        verbose_name_plural = _("ratings of tickets")
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="rating_is_one_to_five")
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.score}"


class SolvedBySearch(models.Model):
    """How often an answer that was suggested made a ticket needless. Nobody is named."""

    day = models.DateField(_("day"))
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    times = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        verbose_name = _("ticket that was not needed")
        verbose_name_plural = _("tickets that were not needed")
        constraints = [models.UniqueConstraint(fields=["day", "page"], name="suggestion_is_counted_by_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.page_id}: {self.times}"
