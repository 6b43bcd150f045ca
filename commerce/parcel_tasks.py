"""Doors for the worker. All are safe at any time and as often as one likes."""

from celery import shared_task
from django.utils import timezone

from .services import sweeping


@shared_task
def deliver_due(**_: object) -> None:
    sweeping.deliver_due(now=timezone.now())


@shared_task
def close_due(**_: object) -> None:
    sweeping.close_due(now=timezone.now())


@shared_task
def watch_late(**_: object) -> None:
    sweeping.watch_late(now=timezone.now())
