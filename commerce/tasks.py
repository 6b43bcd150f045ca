"""Doors for the worker. Each looks for what is due and may run twice."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from . import (  # noqa: F401  (tasks register themselves)
    after_tasks,
    contract_files,
    listing_tasks,
    parcel_tasks,
    services,
)
from .imports import runs

log = logging.getLogger(__name__)


@shared_task
def go_on_with_imports(**_: object) -> None:
    if runs.go_on(now=timezone.now()):
        hurry_imports()


@shared_task
def delete_old_imports(**_: object) -> None:
    runs.delete_old(now=timezone.now())


def hurry_imports() -> None:
    """A broker that is down costs delay, never the import: the sweeper will find its row."""
    try:
        go_on_with_imports.delay()
    except Exception:  # every broker library has its own error for "not there"
        log.warning("broker did not take the nudge; the sweeper will")


@shared_task
def release_unpaid(**_: object) -> None:
    services.release_due(now=timezone.now())


@shared_task
def make_contracts(**_: object) -> None:
    contract_files.make_missing()
