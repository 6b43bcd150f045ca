"""A published page becomes a version; what the blog announces stands in the change log."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from core import journal
from core.models import Line

from . import events, services
from .models import DocumentPage


@receiver(page_published, sender=DocumentPage)
def publish_version(instance: DocumentPage, revision: Any = None, **_: Any) -> None:
    services.publish(page=instance, by=getattr(revision, "user", None), now=timezone.now())


@journal.on(events.ANNOUNCED)
def list_announcement(line: Line) -> None:
    services.list_announcement(data=line.data)


@journal.on(events.RETRACTED)
def strike_announcement(line: Line) -> None:
    services.strike_announcement(data=line.data)
