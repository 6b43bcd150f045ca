"""What other rooms' lines become for people."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.account.signals import password_changed, password_reset
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone, translation

from core import journal, mail
from core.models import Line

from . import events, news, notices, services
from .categories import Channel

mail.on_settled(services.settle)


@journal.on(events.ANNOUNCED)
def tell_announcement(line: Line) -> None:
    news.start(line.data["translation_key"])


@journal.on(events.TELLING)
def tell_batch(line: Line) -> None:
    news.tell_batch(key=line.data["announcement"], after=line.data["after"], now=timezone.now())


@journal.on(events.ANNOUNCEMENT_RETRACTED)
def retract_announcement(line: Line) -> None:
    news.retract(key=line.data["translation_key"], now=timezone.now())


@journal.on(events.SUGGESTION_ANSWERED)
def tell_asker(line: Line) -> None:
    """Who left an address with the question has the mail already."""
    suggestion = line.subject
    if suggestion is None or suggestion.asker is None:
        return
    services.notify(
        notices.ANSWERED,
        to=suggestion.asker,
        key=suggestion.reference,
        data={"title": line.data["title"]},
        url=urlsplit(line.data["url"]).path,
        now=timezone.now(),
        without={Channel.EMAIL} if line.data.get("mailed") else (),
    )


@journal.on(events.NEW_DEVICE)
def tell_new_device(line: Line) -> None:
    if line.subject:
        _tell_about_safety(notices.NEW_DEVICE, line.subject, str(line.pk), line.at, "account_change_password")


@receiver([password_changed, password_reset])
def tell_password_changed(user: Any, **_: Any) -> None:
    now = timezone.now()
    _tell_about_safety(notices.PASSWORD_CHANGED, user, now.isoformat(), now, "account_reset_password")


def _tell_about_safety(kind: str, user: Any, key: str, at: datetime, page: str) -> None:
    with translation.override(user.locale):
        url = reverse(page)
    services.notify(kind, to=user, key=key, url=url, now=at)
