"""Reactions to lines about people, and to what libraries keep about them."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.usersessions.models import UserSession
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from wagtail.users.models import UserProfile

from core import journal
from core.models import Line

from . import events, services, sms


@journal.on(events.SMS_QUEUED)
def deliver_sms(line: Line) -> None:
    if line.subject is not None:
        sms.deliver(line.subject, now=timezone.now())


@journal.on(events.DATA_ASKED)
def make_copy(line: Line) -> None:
    if line.subject is not None:
        services.make_export(request=line.subject, now=timezone.now())


@journal.on(events.DATA_CLOCK)
def strike(line: Line) -> None:
    if line.subject is not None:
        services.note_waiting(request=line.subject, days=line.data["days"])


@receiver([password_changed, password_reset])
def end_other_sessions(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """A new password makes them worthless at once; this also takes them off the list of devices."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()


@receiver(pre_save, sender=UserProfile)
def speak_the_language_of_the_account(instance: UserProfile, **_: Any) -> None:
    """Without a language of its own Wagtail writes in that of whoever pressed the button."""
    instance.preferred_language = instance.preferred_language or instance.user.locale
