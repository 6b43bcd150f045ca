"""Doors for the worker. Each may run twice."""

import logging

from celery import shared_task
from django.utils import timezone

from . import register, services
from .services import iys, sending, waking

log = logging.getLogger(__name__)


@shared_task
def assemble_issue(**_: object) -> None:
    services.assemble(now=timezone.now())


@shared_task
def send_issues(**_: object) -> None:
    """As long as there is work, each task calls the next: none lives longer than a minute."""
    services.flag_lost(now=timezone.now())
    if services.send_batch(clock=timezone.now) >= sending.ENOUGH:
        waking.nudge()


@shared_task
def push_to_iys(**_: object) -> None:
    iys.push_due(now=timezone.now())


@shared_task
def pull_from_iys(**_: object) -> None:
    try:
        iys.pull(now=timezone.now())
    except register.NotNow as error:
        log.warning("İYS does not answer", extra={"error": str(error)})


@shared_task
def compare_with_iys(**_: object) -> None:
    if register.is_there():
        iys.compare(now=timezone.now())


@shared_task
def forget_old(**_: object) -> None:
    services.forget_old(now=timezone.now())
