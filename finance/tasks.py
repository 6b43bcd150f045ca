"""Doors for the worker. Each looks for what is due and may run twice."""

from celery import shared_task
from django.utils import timezone

from .documents import files


@shared_task
def make_missing_documents(**_: object) -> None:
    files.make_missing(now=timezone.now())
