"""Door for the worker: rows of lists that are due. May run twice."""

from celery import shared_task

from . import listings


@shared_task
def refresh_listings(**_: object) -> None:
    listings.refresh_all()
