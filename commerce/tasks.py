"""Doors for the worker. All are safe at any time and as often as one likes."""

from celery import shared_task
from django.utils import timezone

from . import contract_files, services


@shared_task
def release_unpaid(**_: object) -> None:
    services.release_due(now=timezone.now())


@shared_task
def make_contracts(**_: object) -> None:
    contract_files.make_missing()
