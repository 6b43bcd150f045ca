"""Doors for the worker. Each looks for what is due and may run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from . import services


@shared_task
def end_due(**_: object) -> None:
    services.end_due(now=timezone.now())


@shared_task
def earn_due(**_: object) -> None:
    services.earn_due(now=timezone.now())


@shared_task
def remind(**_: object) -> None:
    services.remind_due(now=timezone.now())


@shared_task
def read_feeds(**_: object) -> None:
    services.read_feeds(now=timezone.now())
