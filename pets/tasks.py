"""Doors for the worker. Both are safe at any time and as often as one likes."""

from celery import shared_task
from django.utils import timezone

from .services import duties


@shared_task
def refresh_duties(**_: object) -> None:
    """Each night: figures begin and end without anybody touching a file."""
    duties.refresh_all(today=timezone.localdate())


@shared_task
def announce_duties(**_: object) -> None:
    """Each hour of the day, so that a worker that was away catches up before the evening."""
    now = timezone.now()
    duties.announce(now=now, today=timezone.localdate(now))
