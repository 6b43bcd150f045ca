"""What the statement of our bank account says, line by line, and what became of each line."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from .payments import REFERENCE_LENGTH, Attempt, new_reference
from .payouts import BankFile, Payout
from .refunds import RefundPart


class LineState(TextChoices):
    NEW = "new", _("Being matched")
    OPEN = "open", _("Waits for a person")
    MATCHED = "matched", _("Matched by itself")
    ASKED = "asked", _("Waits for a second person")
    ASSIGNED = "assigned", _("Assigned")
    RETURNING = "returning", _("To be sent back")
    RETURNED = "returned", _("Sent back")
    LEFT = "left", _("Left as it is")


TO_DO = [LineState.NEW, LineState.OPEN, LineState.ASKED, LineState.RETURNING]


class Wish(TextChoices):
    ASSIGN = "assign", _("Assign to the payment")
    RETURN = "return", _("Send back to the sender")


class StatementFile(models.Model):
    """A file of the bank as it was handed in. The same file counts once."""

    name = models.CharField(max_length=120)
    format = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64, unique=True)
    account = models.CharField(_("account"), max_length=34)
    lines_read = models.PositiveIntegerField(default=0)
    lines_new = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("handed in"))

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name


class BankStatementLine(models.Model):
    """One movement. Above zero it came, below zero it left."""

    file = models.ForeignKey(StatementFile, models.PROTECT, related_name="lines")
    account = models.CharField(_("account"), max_length=34)
    remote_id = models.CharField(max_length=80)  # the bank's, or made from what the line says
    booked_on = models.DateField(_("day"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, default="TRY")
    text = models.CharField(_("text"), max_length=500, blank=True)
    payer = models.CharField(_("other side"), max_length=140, blank=True)
    payer_iban = models.CharField(_("its IBAN"), max_length=34, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=LineState.choices, default=LineState.NEW)
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, null=True, blank=True, related_name="statement_lines"
    )
    payout = models.ForeignKey(Payout, models.PROTECT, null=True, blank=True, related_name="statement_lines")
    part = models.ForeignKey(
        RefundPart, models.PROTECT, null=True, blank=True, related_name="statement_lines"
    )
    back_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="sent_back")
    reason = models.CharField(max_length=12, blank=True)  # why a person has to look
    wish = models.CharField(max_length=10, choices=Wish.choices, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    return_reference = models.CharField(
        max_length=REFERENCE_LENGTH, unique=True, default=new_reference, editable=False
    )
    return_file = models.ForeignKey(
        BankFile, models.PROTECT, null=True, blank=True, related_name="returned_lines"
    )

    class Meta:
        verbose_name = _("line of a bank statement")
        verbose_name_plural = _("lines of bank statements")
        ordering = ["-booked_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="line_moves_something"),
            models.UniqueConstraint(fields=["account", "remote_id"], name="line_of_the_bank_counts_once"),
            models.CheckConstraint(condition=Q(state__in=LineState.values), name="line_has_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state__in=[LineState.ASSIGNED, LineState.RETURNING, LineState.RETURNED])
                | (Q(asked_by__isnull=False, decided_by__isnull=False) & ~Q(asked_by=F("decided_by"))),
                name="line_is_decided_by_two",
            ),
        ]
        indexes = [
            models.Index(
                fields=["booked_on", "id"],
                name="line_to_decide",
                condition=Q(state__in=TO_DO),
            )
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount} {self.text}"[:80]
