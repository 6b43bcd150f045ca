"""Doors for the worker. All are safe at any time and as often as one likes."""

from celery import shared_task
from django.utils import timezone

from .services import ending, escalating, forgetting, incoming, watching


@shared_task
def watch_promises(**_: object) -> None:
    escalating.watch(now=timezone.now())


@shared_task
def close_old(**_: object) -> None:
    ending.close_old(now=timezone.now())


@shared_task
def read_mail(**_: object) -> None:
    incoming.read_mailbox(now=timezone.now())


@shared_task
def forget_old(**_: object) -> None:
    now = timezone.now()
    forgetting.forget_guests(now=now)
    incoming.forget_letters(now=now)
    watching.forget_looks(now=now)
