"""The project package: settings, addresses, the worker and the two health answers."""

from .celery import app as celery_app

__all__ = ["celery_app"]
