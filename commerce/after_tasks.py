"""Doors for the worker. All are safe at any time and as often as one likes."""

from celery import shared_task
from django.utils import timezone

from commerce.services import alerts, returning, reviews


@shared_task
def go_on_with_returns(**_: object) -> None:
    returning.sweep(now=timezone.now())


@shared_task
def ask_for_reviews(**_: object) -> None:
    reviews.ask_due(now=timezone.now())


@shared_task
def tell_of_stock(**_: object) -> None:
    alerts.tell_due(now=timezone.now())


@shared_task
def forget_unconfirmed_alerts(**_: object) -> None:
    alerts.forget_unconfirmed(now=timezone.now())
