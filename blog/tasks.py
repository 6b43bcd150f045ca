"""Doors for the worker."""

from celery import shared_task
from django.utils import timezone

from . import services


@shared_task
def announce_untold(**_: object) -> None:
    services.announce_untold(now=timezone.now())
