"""How rows of this room are locked: the subscription first, then the person it belongs to."""

from __future__ import annotations

from datetime import datetime

from .models import Issue, Subscription


def subscription(pk: int) -> Subscription:
    return Subscription.objects.select_for_update().get(pk=pk)


def subscription_of(email: str, *, now: datetime) -> Subscription:
    """The row of this address, made if need be. Two rivals get the same one, one after the other."""
    Subscription.objects.bulk_create([Subscription(email=email, asked_at=now)], ignore_conflicts=True)
    return Subscription.objects.select_for_update().get(email=email)


def issue(pk: int) -> Issue:
    return Issue.objects.select_for_update().get(pk=pk)
