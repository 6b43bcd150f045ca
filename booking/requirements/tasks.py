"""A door for the worker. May run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from . import services


@shared_task
def forget_care(**_: object) -> None:
    services.forget_care(now=timezone.now())
