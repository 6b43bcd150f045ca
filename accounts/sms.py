"""Short messages: rows that the worker hands to the gateway named in the settings.

A gateway is a class with one method, `send(to, text)`, that raises when the message was not taken.
Development has one that drops messages into the mailbox; production refuses to start with it.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.module_loading import import_string

from core import journal

from . import events
from .models import TextMessage


class Gateway:
    def send(self, *, to: str, text: str) -> None:
        raise NotImplementedError


class ToMailbox(Gateway):
    """Development: the message lies in the mailbox beside the mails."""

    def send(self, *, to: str, text: str) -> None:
        server = get_connection(settings.EMAIL_DELIVERY_BACKEND)
        address = f"{to.removeprefix('+')}@sms.test"
        EmailMessage(f"SMS {to}", text, to=[address], connection=server).send()


@transaction.atomic
def send(*, to: str, text: str, expires_at: datetime) -> TextMessage:
    """Queue one message; it belongs to the transaction that caused it."""
    message = TextMessage.objects.create(to=to, text=text, expires_at=expires_at)
    journal.write(events.SMS_QUEUED, subject=message)
    return message


def deliver(message: TextMessage, *, now: datetime) -> None:
    """Hand it over and forget text and number. What came too late is dropped."""
    if message.sent_at:
        return
    if now < message.expires_at:
        gateway().send(to=message.to, text=message.text)
        message.sent_at = now
    message.text = message.to = ""
    message.save(update_fields=["sent_at", "text", "to"])


def gateway() -> Gateway:
    return import_string(settings.SMS_GATEWAY)()
