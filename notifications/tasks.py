"""Doors for the worker. Each may run twice."""

from celery import shared_task
from django.utils import timezone

from . import news, services


@shared_task
def hand_over(**_: object) -> None:
    services.hand_over(now=timezone.now())


@shared_task
def send_digests(**_: object) -> None:
    services.send_digests(now=timezone.now())


@shared_task
def tell_missed_news(**_: object) -> None:
    news.tell_missed(now=timezone.now())
