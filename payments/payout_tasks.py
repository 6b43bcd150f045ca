"""Doors for the worker: payouts, statements, day reports. All are safe as often as one likes."""

from celery import shared_task
from django.utils import timezone

from .services import day_report, planning, sending, statements


@shared_task
def send_payouts(**_: object) -> None:
    sending.send_due(now=timezone.now())


@shared_task
def match_statements(**_: object) -> None:
    statements.match_new(now=timezone.now())


@shared_task
def ask_planned(**_: object) -> None:
    planning.ask_planned(now=timezone.now())


@shared_task
def compare_days(**_: object) -> None:
    day_report.compare_due(now=timezone.now())
