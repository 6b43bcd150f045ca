"""Doors for the worker. All are safe at any time and as often as one likes."""

from celery import shared_task
from django.utils import timezone

from . import payout_tasks, services  # noqa: F401  (they register themselves)


@shared_task
def send_refund(*, part_id: int, **_: object) -> None:
    services.send(part_id=part_id, now=timezone.now())


@shared_task
def send_refunds(**_: object) -> None:
    services.send_due(now=timezone.now())


@shared_task
def watch_refunds(**_: object) -> None:
    services.watch(now=timezone.now())


@shared_task
def ask_providers(**_: object) -> None:
    services.ask_due(now=timezone.now())


@shared_task
def expire_payments(**_: object) -> None:
    services.expire_due(now=timezone.now())
