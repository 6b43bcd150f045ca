"""Doors for the worker."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def publish_scheduled(**_: object) -> None:
    """Publish and withdraw what an editor has scheduled. May run twice: what is done is no longer due."""
    call_command("publish_scheduled", verbosity=0)
