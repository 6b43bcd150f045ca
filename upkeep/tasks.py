"""Doors of the worker. Each may run twice."""

from celery import shared_task
from django.utils import timezone

from . import services


@shared_task
def tell(*, round_id: int, **_: object) -> None:
    services.tell_next(round_id=round_id, now=timezone.now())


@shared_task
def keep_time(**_: object) -> None:
    """Begin and end what is due, and remind."""
    now = timezone.now()
    services.keep_time(now=now)
    services.remind(now=now)


@shared_task
def go_on(**_: object) -> None:
    """With every round that stands still."""
    services.sweep(now=timezone.now())
