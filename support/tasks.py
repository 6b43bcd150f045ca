"""Doors for the worker. All are safe at any time and as often as one likes."""

from celery import shared_task
from django.utils import timezone

from .services import ending, escalating


@shared_task
def watch_promises(**_: object) -> None:
    escalating.watch(now=timezone.now())


@shared_task
def close_old(**_: object) -> None:
    ending.close_old(now=timezone.now())
