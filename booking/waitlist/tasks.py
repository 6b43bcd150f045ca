"""Doors for the worker: ids in, one call, safe to run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone
from django.utils.dateparse import parse_date

from . import handing_out


@shared_task
def hand_out(*, business_id: int, first: str = "", last: str = "", **_: object) -> None:
    days = {"first": parse_date(first) if first else None, "last": parse_date(last) if last else None}
    handing_out.hand_out(business_id=business_id, now=timezone.now(), **days)


@shared_task
def sweep(**_: object) -> None:
    handing_out.sweep(now=timezone.now())
