"""What was said on a ticket, and the files that came with it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.storage import private
from core.uploads import StoredUnder

from .ticket import Ticket


class Sender(models.TextChoices):
    CUSTOMER = "customer", _("Who asks")
    AGENT = "agent", _("Support team")
    MACHINE = "machine", _("Automatic")


class MessageQuerySet(models.QuerySet["Message"]):
    def public(self) -> MessageQuerySet:
        return self.filter(is_internal=False)


class Message(models.Model):
    """Plain text, always shown as text. An automatic one is nobody's and never stops the clock."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="messages")
    sender = models.CharField(max_length=8, choices=Sender.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_internal = models.BooleanField(default=False)
    text = models.TextField()
    at = models.DateTimeField()
    by_mail = models.BooleanField(default=False)
    was_cut = models.BooleanField(default=False)
    mail_id = models.CharField(max_length=250, blank=True)  # Message-ID, theirs or ours

    objects: Any = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a ticket")
        verbose_name_plural = _("messages of tickets")
        ordering = ["at", "pk"]
        indexes = [models.Index("ticket", "at", "id", name="message_thread")]
        constraints = [
            models.CheckConstraint(condition=Q(sender__in=Sender.values), name="message_sender_is_known"),
            models.CheckConstraint(
                condition=~Q(sender=Sender.MACHINE) | Q(author=None), name="automatic_message_is_nobodys"
            ),
            models.CheckConstraint(
                condition=Q(is_internal=False) | ~Q(sender=Sender.CUSTOMER),
                name="internal_notes_are_ours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} #{self.pk}"


class Attachment(models.Model):
    """Lies where no address leads; a view asks first who reads."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to=StoredUnder("support"), storage=private)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("file of a ticket")
        verbose_name_plural = _("files of tickets")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
