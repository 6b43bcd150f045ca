"""Doors for the worker. Each looks for what is due and may run twice."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from .documents import bundles, earchive, files

log = logging.getLogger(__name__)


@shared_task
def make_missing_documents(**_: object) -> None:
    files.make_missing(now=timezone.now())


@shared_task
def carry_documents(**_: object) -> None:
    earchive.go_on(now=timezone.now())


@shared_task
def go_on_with_bundles(**_: object) -> None:
    bundles.go_on(now=timezone.now())


@shared_task
def delete_old_bundles(**_: object) -> None:
    bundles.delete_old(now=timezone.now())


def hurry_bundles() -> None:
    """A broker that is down costs delay, never the file: the sweeper will find its row."""
    try:
        go_on_with_bundles.delay()
    except Exception:  # every broker library has its own error for "not there"
        log.warning("broker did not take the nudge; the sweeper will")
