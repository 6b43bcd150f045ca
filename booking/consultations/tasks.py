"""Doors for the worker. Each looks for what is due and may run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from . import services


@shared_task
def tell(**_: object) -> None:
    services.tell_due(now=timezone.now())


@shared_task
def forget_old(**_: object) -> None:
    services.forget_old(now=timezone.now())
