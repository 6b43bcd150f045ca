"""Deliveries whose hour has come go into mails; what becomes of the mail becomes of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.states import Status as AccountStatus
from core import bounces
from core.models import Mail, Outcome

from .. import events, kinds, queries
from ..categories import Channel, Mode
from ..channels import email
from ..models import Delivery
from ..states import MOVES, Status, Why
from . import waking

log = logging.getLogger(__name__)

BATCH = 50
PAUSE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=48)  # quiet hours may have held it for most of a day
BECOMES = {
    Outcome.SENT: Status.SENT,
    Outcome.UNKNOWN: Status.UNKNOWN,
    Outcome.REFUSED: Status.FAILED,
    Outcome.EXPIRED: Status.FAILED,
    Outcome.SUPPRESSED: Status.SUPPRESSED,
}


@transaction.atomic
def hand_over(*, now: datetime, limit: int = BATCH) -> int:
    """Put what is due into mails. What another worker holds is skipped; a full batch asks for another."""
    due = Delivery.objects.due(now).select_for_update(skip_locked=True, of=("self",))
    rows = list(due.select_related("notice__recipient").order_by("due_at", "pk")[:limit])
    stops = reasons_to_stop(rows)
    for row in rows:
        if row.pk in stops:
            MOVES.move(row, Status.SUPPRESSED, event=events.DELIVERY_MOVED, at=now, error=stops[row.pk].value)
        else:
            _hand_over(row, now)
    if len(rows) == limit:
        waking.after_commit()
    return len(rows)


def settle(mail: Mail, now: datetime) -> None:
    """Write down what became of the deliveries in this mail."""
    if mail.template not in email.TEMPLATES:
        return
    error = Why.ADDRESS.value if mail.outcome == Outcome.SUPPRESSED else mail.error
    for row in Delivery.objects.filter(mail=mail, status=Status.QUEUED).order_by("pk"):
        MOVES.move(row, BECOMES[Outcome(mail.outcome)], event=events.DELIVERY_MOVED, at=now, error=error)


def bounced(*, address: str, permanent: bool, error: str = "", now: datetime) -> None:
    """A mail came back. For good: no more mail to this address. A full mailbox changes nothing."""
    if permanent:
        bounces.suppress(address, error=error, now=now)


def reasons_to_stop(rows: Iterable[Delivery]) -> dict[int, Why]:
    """By delivery: why it must not leave now, although it was planned."""
    rows = list(rows)
    dead = bounces.among(row.notice.recipient.email for row in rows)
    turned_off = _turned_off(rows)
    found = {row.pk: _why(row, dead, turned_off) for row in rows}
    return {pk: why for pk, why in found.items() if why}


def _why(row: Delivery, dead: set[str], turned_off: set[int]) -> Why | None:
    notice = row.notice
    if notice.retracted_at:
        return Why.RETRACTED
    if not notice.recipient.is_active:
        return Why.CLOSED
    if row.pk in turned_off:
        return Why.TURNED_OFF
    return None if email.is_essential(notice) else _why_not_this(notice.recipient, dead)


def _why_not_this(recipient: Any, dead: set[str]) -> Why | None:
    """What stops a notice that can wait: it is read in the panel once she is back."""
    if recipient.status != AccountStatus.ACTIVE:
        return Why.PAUSED
    return Why.ADDRESS if recipient.email.lower() in dead else None


def _turned_off(rows: list[Delivery]) -> set[int]:
    """What the person has turned off since it was planned; a question for each category among them."""
    found: set[int] = set()
    by_category: dict[str, list[Delivery]] = {}
    for row in rows:
        if kind := kinds.get(row.notice.kind):
            by_category.setdefault(kind.category, []).append(row)
    for category, group in by_category.items():
        wishes = queries.wishes(category, [row.notice.recipient_id for row in group])
        for row in group:
            kind = kinds.declared(row.notice.kind)
            if wishes.mode(kind, row.notice.recipient_id, Channel.EMAIL) == Mode.OFF:
                found.add(row.pk)
    return found


def _hand_over(row: Delivery, now: datetime) -> None:
    """One that cannot be rendered waits alone; a day later it has failed."""
    try:
        with transaction.atomic():
            mail = email.send_notice(row.notice)
            if row.status == Status.HELD:
                MOVES.move(row, Status.QUEUED, event=events.DELIVERY_MOVED, at=now, mail=mail)
            else:
                row.mail = mail
                row.save(update_fields=["mail"])
    except Exception as error:
        log.exception("notice could not be handed over", extra={"delivery": row.pk})
        _postpone(row, f"{type(error).__name__}: {error}"[:500], now)


def _postpone(row: Delivery, error: str, now: datetime) -> None:
    if now - row.notice.at > GIVE_UP_AFTER:
        MOVES.move(row, Status.FAILED, event=events.DELIVERY_MOVED, at=now, error=error)
        return
    row.due_at, row.error = now + PAUSE, error
    row.save(update_fields=["due_at", "error"])
