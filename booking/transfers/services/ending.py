"""What ends by itself: requests nobody answered, quotes nobody accepted. A row is due; a sweeper finds it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from core import journal

from .. import events, locks, rules
from ..models import Quote, TransferRequest
from ..states import OPEN, REQUESTS, Asked, Offered
from .asking import close_quotes


def end_due(*, now: datetime, limit: int = 200) -> int:
    """As often as a timer likes. Returns how many ended."""
    due = TransferRequest.objects.filter(status__in=OPEN, until__lte=now).order_by("until")
    return sum(_end(pk, now) for pk in list(due.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _end(pk: int, now: datetime) -> bool:
    row = locks.request(pk)
    if not row.is_open or row.until is None or row.until > now:
        return False
    was = row.status
    close_quotes(row, Offered.EXPIRED, None)
    facts = {"until": None, "ended_at": now}
    REQUESTS.move(row, Asked.EXPIRED, event=events.EXPIRED, data={"was": was}, **facts)
    return True


def warn_due(*, now: datetime, limit: int = 200) -> int:
    """Quotes that end in two hours, each once; not those that were sent for less than twice as long."""
    due = Quote.objects.filter(
        status=Offered.SENT, warned_at=None, valid_until__gt=now, valid_until__lte=now + rules.WARN_BEFORE
    ).exclude(valid_until__lt=F("made_at") + 2 * rules.WARN_BEFORE)
    return sum(_warn(quote, now) for quote in due.select_related("request")[:limit])


@transaction.atomic
def _warn(quote: Quote, now: datetime) -> bool:
    row = Quote.objects.filter(pk=quote.pk, status=Offered.SENT, warned_at=None)
    if not row.update(warned_at=now):
        return False
    journal.write(events.QUOTE_ENDS_SOON, subject=quote.request, data={"quote": quote.pk})
    return True
