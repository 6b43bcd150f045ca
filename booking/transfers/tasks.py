"""Doors for the worker. Each looks for what is due and may run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from . import services


@shared_task
def end_due(**_: object) -> None:
    services.end_due(now=timezone.now())
    services.warn_due(now=timezone.now())


@shared_task
def confirm_due(**_: object) -> None:
    services.confirm_due(now=timezone.now())


@shared_task
def forget_old(**_: object) -> None:
    services.forget_old(now=timezone.now())
