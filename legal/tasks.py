"""Doors for the worker."""

from celery import shared_task
from django.utils import timezone

from . import services


@shared_task
def bring_into_force(**_: object) -> None:
    services.bring_into_force(today=timezone.localdate())
