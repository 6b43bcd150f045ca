"""Doors for the worker."""

from celery import shared_task
from django.utils import timezone

from . import invitations, licences, ownership


@shared_task
def expire_invitations(**_: object) -> None:
    now = timezone.now()
    invitations.expire_overdue(now=now)
    ownership.expire_overdue(now=now)


@shared_task
def watch_licences(**_: object) -> None:
    licences.watch(now=timezone.now())
