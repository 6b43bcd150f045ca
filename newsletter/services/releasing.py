"""A second person lets an issue go; sending can be paused, and what may be lost is decided by a person."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from core import journal

from .. import events, locks
from ..errors import Changed, NeedsAnotherPerson
from ..models import Delivery, Issue, Subscription
from ..states import ISSUE_MOVES, DeliveryStatus, IssueStatus, SubscriptionStatus
from . import waking
from .editing import refuse_incomplete

CHUNK = 2000


@transaction.atomic
def release(*, issue: Issue, version: int, by: Any, now: datetime) -> Issue:
    """Plan one mail for each confirmed reader and begin. Raises NeedsAnotherPerson, Changed, NotComplete."""
    issue = locks.issue(issue.pk)
    if issue.version != version:
        raise Changed
    if issue.submitted_by_id == by.pk:
        raise NeedsAnotherPerson
    refuse_incomplete(issue)
    facts = {"released_by": by, "released_at": now}
    ISSUE_MOVES.move(
        issue, IssueStatus.SENDING, event=events.RELEASED, actor=by, data={"month": issue.key}, **facts
    )
    _plan(issue, now)
    waking.after_commit()
    return issue


def _plan(issue: Issue, now: datetime) -> None:
    """Who confirms later gets the next issue."""
    readers = Subscription.objects.filter(status=SubscriptionStatus.ACTIVE).order_by("pk")
    keys = iter(readers.values_list("pk", flat=True).iterator())
    while chunk := list(islice(keys, CHUNK)):
        rows = [Delivery(issue=issue, subscription_id=key, due_at=now) for key in chunk]
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def pause(*, issue: Issue, by: Any) -> None:
    """What is in the worker's hand still leaves; nothing after it."""
    ISSUE_MOVES.move(issue, IssueStatus.PAUSED, event=events.PAUSED, actor=by, data={"month": issue.key})


@transaction.atomic
def resume(*, issue: Issue, by: Any) -> None:
    ISSUE_MOVES.move(issue, IssueStatus.SENDING, event=events.RESUMED, actor=by, data={"month": issue.key})
    waking.after_commit()


@transaction.atomic
def decide_unknown(*, issue: Issue, again: bool, by: Any, now: datetime) -> int:
    """A person says what becomes of mails that were perhaps sent: once more, or counted as sent."""
    issue = locks.issue(issue.pk)
    lost = issue.deliveries.filter(status=DeliveryStatus.UNKNOWN)
    if not again:
        count = lost.update(status=DeliveryStatus.SENT, at=now)
    else:
        count = lost.update(status=DeliveryStatus.WAITING, due_at=now, error="")
        if count and issue.status == IssueStatus.SENT:
            ISSUE_MOVES.move(issue, IssueStatus.SENDING, event=events.RESUMED, actor=by)
        waking.after_commit()
    if count:
        journal.write(events.DECIDED, actor=by, subject=issue, data={"again": again, "count": count})
    return count
