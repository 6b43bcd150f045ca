"""Mails that came in: each is taken once, and what fits no ticket waits for a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .ticket import Ticket


class Outcome(models.TextChoices):
    TAKEN = "taken", _("Stands on its ticket")
    AUTOMATIC = "automatic", _("Automatic reply")
    NO_TICKET = "no_ticket", _("No ticket in its address")
    OTHER_SENDER = "other_sender", _("From another address than the ticket’s")
    TOO_MANY = "too_many", _("Too many in a short time")
    UNREADABLE = "unreadable", _("Could not be read")


NOT_MATCHED = (Outcome.NO_TICKET, Outcome.OTHER_SENDER, Outcome.TOO_MANY, Outcome.UNREADABLE)


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> LetterQuerySet:
        """Those that a person has to look at."""
        return self.filter(outcome__in=NOT_MATCHED, done_at=None)


class Letter(models.Model):
    """`digest` makes reading a mailbox twice harmless."""

    digest = models.CharField(max_length=64, unique=True)
    outcome = models.CharField(_("what became of it"), max_length=12, choices=Outcome.choices)
    ticket = models.ForeignKey(Ticket, models.SET_NULL, null=True, related_name="letters")
    sender = models.CharField(_("from"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    received_at = models.DateTimeField(_("received"))
    done_at = models.DateTimeField(_("done"), null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("incoming mail")
        verbose_name_plural = _("incoming mails")
        ordering = ["received_at", "pk"]
        indexes = [
            models.Index(
                "received_at",
                "id",
                condition=Q(done_at=None, outcome__in=[str(one) for one in NOT_MATCHED]),
                name="letter_waiting",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=NOT_MATCHED) | Q(text="", sender="", subject=""),
                name="letter_keeps_words_only_for_people",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} #{self.pk}"
