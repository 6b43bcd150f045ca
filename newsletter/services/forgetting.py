"""What may no longer be kept goes: unconfirmed addresses after a week, evidence after three years."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core import journal

from .. import events, rules
from ..models import Evidence, EvidenceKind, Subscription
from ..states import SUBSCRIPTION_MOVES, SubscriptionStatus

Status = SubscriptionStatus


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Returns how many addresses were forgotten. Told in the journal, which keeps no address."""
    _close_unconfirmed(now)
    never = Subscription.objects.filter(status=Status.PENDING, asked_at__lt=now - rules.FORGET_UNCONFIRMED)
    over = Subscription.objects.filter(status=Status.STOPPED, ended_at__lt=_years_before(now))
    approved = Evidence.objects.filter(kind=EvidenceKind.CONFIRMED).values("subscription")
    refused = Subscription.objects.filter(  # ended before it had begun: there is no approval to prove
        status=Status.STOPPED, ended_at__lt=now - rules.FORGET_UNCONFIRMED
    ).exclude(pk__in=approved)
    count = 0
    for rows in (never, refused, over):
        keys = list(rows.values_list("pk", flat=True))
        Subscription.objects.filter(pk__in=keys).delete()
        count += len(keys)
    if count:
        journal.write(events.PURGED, data={"count": count})
    return count


def _close_unconfirmed(now: datetime) -> None:
    """Who had once confirmed, left and asked again without confirming: the proof of the first time stays."""
    asked = Subscription.objects.filter(status=Status.PENDING, asked_at__lt=now - rules.FORGET_UNCONFIRMED)
    for row in asked.filter(evidence__kind=EvidenceKind.CONFIRMED).distinct():
        last = row.evidence.filter(kind=EvidenceKind.STOPPED).order_by("at", "pk").last()
        ended = last.at if last else now
        facts = {"ended_at": ended, "token_hash": "", "token_until": None}
        SUBSCRIPTION_MOVES.move(
            row, Status.STOPPED, event=events.STOPPED, data={"by": "unconfirmed"}, **facts
        )


def _years_before(now: datetime) -> datetime:
    """The same day some years ago; 29 February counts as the 28th, so nothing goes early by a day."""
    year = now.year - rules.KEEP_EVIDENCE_YEARS
    day = 28 if (now.month, now.day) == (2, 29) else now.day
    return now.replace(year=year, day=day)
