"""Doors of the worker."""

from celery import shared_task
from django.utils import timezone

from . import licences


@shared_task
def watch_licences(**_: object) -> None:
    licences.watch(now=timezone.now())
