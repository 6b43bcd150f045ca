"""Rows of the ground: journal lines, queued mails and the last results of the proofs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .proofs import State


class LineQuerySet(models.QuerySet["Line"]):
    def due(self, now: datetime) -> LineQuerySet:
        """Neither done nor parked, its pause over, and nobody working on it."""
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        return self.filter(free, handled_at=None, parked_at=None, due_at__lte=now)

    def parked(self) -> LineQuerySet:
        return self.exclude(parked_at=None)


class Line(models.Model):
    """One thing that happened. See `core.journal` for what becomes of it."""

    name = models.CharField(_("what happened"), max_length=80)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    subject_type = models.ForeignKey(ContentType, models.SET_NULL, null=True, related_name="+")
    subject_id = models.CharField(max_length=40, null=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    data = models.JSONField(default=dict)
    at = models.DateTimeField(_("when"))
    handled_at = models.DateTimeField(_("handled"), null=True)
    due_at = models.DateTimeField(_("next try"))
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    parked_at = models.DateTimeField(_("parked"), null=True)
    revived_at = models.DateTimeField(null=True)
    error = models.CharField(_("last error"), max_length=500, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal line")
        verbose_name_plural = _("journal lines")
        indexes = [
            models.Index(F("due_at"), condition=Q(handled_at=None, parked_at=None), name="line_waiting"),
            models.Index(fields=["subject_type", "subject_id"], name="line_subject"),
            models.Index(fields=["name", "-at"], name="line_name"),
            # What the people of a business read as its record of changes.
            models.Index(KT("data__business"), F("at").desc(), name="line_business"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"

    @property
    def revived_or_written_at(self) -> datetime:
        return self.revived_at or self.at

    def finish(self, now: datetime) -> None:
        self.handled_at, self.lease_until, self.error = now, None, ""
        self.save(update_fields=["handled_at", "lease_until", "error"])

    def revive(self, now: datetime) -> None:
        """Give a parked line another day of tries."""
        self.parked_at, self.due_at, self.revived_at, self.tries = None, now, now, 0
        self.save(update_fields=["parked_at", "due_at", "revived_at", "tries"])


class Tick(models.Model):
    """A receiver that is done with a line. Unique, so an effect in our database happens once."""

    line = models.ForeignKey(Line, models.CASCADE, related_name="ticks")
    receiver = models.CharField(max_length=160)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "receiver"], name="receiver_ticks_a_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.receiver} #{self.line_id}"


class Outcome(models.TextChoices):
    """What became of a mail. Empty: still on its way."""

    SENT = "sent", _("Sent")
    EXPIRED = "expired", _("Pointless before it could leave")
    REFUSED = "refused", _("Refused for good")
    SUPPRESSED = "suppressed", _("Address known to be dead")
    UNKNOWN = "unknown", _("Handed over without an answer")


class Mail(models.Model):
    """A rendered mail on its way. Its text is erased once it has gone, as it may hold a code."""

    to = models.EmailField()
    template = models.CharField(max_length=80)
    message_id = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    files = models.JSONField(default=list)  # [its name in the private storage, its name in the mail]
    calendar = models.TextField(blank=True)  # an invitation (RFC 5546), its METHOD within
    queued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    forgets_address = models.BooleanField(default=False)
    essential = models.BooleanField(default=False)  # about the safety of the account
    reply_to = models.EmailField(blank=True)  # these three: see `core.mail.Thread`
    references = models.JSONField(default=list)
    by_person = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(outcome=Outcome.SENT), name="mail_that_left_was_sent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} #{self.pk}"


class SuppressedAddress(models.Model):
    """An address whose server said for good that nobody is there. See `core.bounces`."""

    address = models.EmailField(_("address"), unique=True)
    at = models.DateTimeField(_("since"))
    error = models.CharField(_("what its server said"), max_length=500, blank=True)
    tried_at = models.DateTimeField(_("last try"), null=True)

    class Meta:
        verbose_name = _("address without reader")
        verbose_name_plural = _("addresses without reader")

    def __str__(self) -> str:
        return self.address


class Xid(models.Field):
    """A transaction id of PostgreSQL, 64 bits wide."""

    def db_type(self, connection: Any) -> str:
        return "xid8"


class Snapshot(models.Field):
    """Which transactions were visible at a moment."""

    def db_type(self, connection: Any) -> str:
        return "pg_snapshot"


class Purge(models.Model):
    """Answers that show `tag` are stale unless they saw this transaction. See `core.response_cache`."""

    tag = models.CharField(max_length=60, db_index=True)
    xid = Xid()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.tag


class KeptAnswer(models.Model):
    """An answer to anonymous readers, with what it shows and what it saw."""

    key = models.TextField(primary_key=True)
    tags = ArrayField(models.CharField(max_length=60))
    snapshot = Snapshot()
    headers = models.JSONField()
    body = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [GinIndex(fields=["tags"], name="kept_answer_tags")]

    def __str__(self) -> str:
        return self.key


class ProofResult(models.Model):
    """What a proof last found out about the running system."""

    code = models.CharField(_("proof"), max_length=80, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    public = models.TextField(_("for readers"))
    detail = models.TextField(_("for staff"), blank=True)
    checked_at = models.DateTimeField(_("checked"))

    class Meta:
        verbose_name = _("proof result")
        verbose_name_plural = _("proof results")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.state}"

    @property
    def is_fresh(self) -> bool:
        """A result older than an hour proves nothing: the schedule runs every 15 minutes."""
        return timezone.now() - self.checked_at < timedelta(hours=1)
