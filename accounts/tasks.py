"""Doors for the worker. Each looks for what is due and may run twice."""

from celery import shared_task
from django.utils import timezone

from . import services


@shared_task
def end_pauses(**_: object) -> None:
    services.end_pauses(now=timezone.now())


@shared_task
def erase_closed(**_: object) -> None:
    services.erase_due(now=timezone.now())


@shared_task
def delete_old_exports(**_: object) -> None:
    services.delete_old_exports(now=timezone.now())
