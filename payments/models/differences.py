"""The day of a provider compared with ours, and what does not agree."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from .payments import Attempt
from .payouts import Payout
from .refunds import RefundPart


class DifferenceKind(TextChoices):
    MISSING_HERE = "missing_here", _("Only theirs")
    MISSING_THERE = "missing_there", _("Only ours")
    AMOUNT = "amount", _("Another amount")
    STATE = "state", _("Another state")
    DUPLICATE = "duplicate", _("Twice")
    CURRENCY = "currency", _("Another currency")


class Step(TextChoices):
    """What can be done about a difference."""

    ASK = "ask", _("Ask the bank now")
    SETTLE = "settle", _("Take their word")
    GIVE_BACK = "give_back", _("Give it back")
    EXPLAIN = "explain", _("Nothing, explained")


MOVES_MONEY = [Step.SETTLE, Step.GIVE_BACK]


class DifferenceState(TextChoices):
    OPEN = "open", _("Open")
    ASKED = "asked", _("Waits for a second person")
    DONE = "done", _("Done")
    GONE = "gone", _("Gone by itself")


class DayReport(models.Model):
    provider = models.CharField(_("provider"), max_length=20)
    day = models.DateField(_("day"))
    pulled_at = models.DateTimeField(_("read"), null=True, blank=True)  # none: the provider was silent
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    lines_there = models.PositiveIntegerField(default=0)
    lines_here = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    sum_there = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    sum_here = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("day report")
        verbose_name_plural = _("day reports")
        ordering = ["-day", "provider"]
        constraints = [models.UniqueConstraint(fields=["provider", "day"], name="day_is_compared_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.day}"


class Difference(models.Model):
    """`there` and `here` are what each side says, as it stood when they were compared."""

    report = models.ForeignKey(DayReport, models.PROTECT, related_name="differences")
    key = models.CharField(max_length=160)  # of what differs: compared again it is the same row
    kind = models.CharField(_("kind"), max_length=14, choices=DifferenceKind.choices)
    movement = models.CharField(max_length=12)  # payment, refund, void, payout, chargeback
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    amount = models.DecimalField(_("difference"), max_digits=14, decimal_places=2)
    there = models.JSONField(default=dict)
    here = models.JSONField(default=dict)
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, blank=True, related_name="differences")
    part = models.ForeignKey(RefundPart, models.PROTECT, null=True, blank=True, related_name="differences")
    payout = models.ForeignKey(Payout, models.PROTECT, null=True, blank=True, related_name="differences")
    suggestion = models.CharField(max_length=10, choices=Step.choices)
    state = models.CharField(
        _("state"), max_length=6, choices=DifferenceState.choices, default=DifferenceState.OPEN
    )
    step = models.CharField(max_length=10, choices=Step.choices, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    found_at = models.DateTimeField(_("found"))
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        ordering = ["found_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="difference_is_found_once"),
            models.CheckConstraint(
                condition=Q(kind__in=DifferenceKind.values), name="difference_has_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DifferenceState.values), name="difference_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=DifferenceState.DONE, step__in=MOVES_MONEY)
                | (Q(asked_by__isnull=False, decided_by__isnull=False) & ~Q(asked_by=F("decided_by"))),
                name="money_moves_by_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(step=Step.EXPLAIN) | ~Q(note=""), name="explained_difference_says_why"
            ),
        ]
        indexes = [
            models.Index(
                fields=["found_at", "id"],
                name="difference_open",
                condition=Q(state__in=[DifferenceState.OPEN, DifferenceState.ASKED]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
