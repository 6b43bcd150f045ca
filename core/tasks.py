"""Doors for the worker: ids in, one call. Each may run twice."""

from celery import shared_task

from . import journal, proofs
from .response_cache import store


@shared_task
def handle_line(*, line_id: int, **_: object) -> None:
    journal.handle(line_id)


@shared_task
def sweep_journal(**_: object) -> None:
    journal.sweep()


@shared_task
def sweep_answers(**_: object) -> None:
    store.sweep()


@shared_task
def check_proofs(**_: object) -> None:
    proofs.check_all()
