"""An issue leaves, mail by mail, in three steps: claim (commit), hand over, write down (commit).

No row is locked while the mail server thinks. A worker that dies in between leaves one claimed row. Nobody
can know whether its mail was sent, so it becomes `unknown` and a person decides; it never leaves by itself.
"""

from __future__ import annotations

import logging
import smtplib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from core import bounces, journal, response_cache

from .. import events, letters, locks, permission, rules
from ..letters import Letter
from ..models import Delivery, Issue
from ..models.issues import SHOWN
from ..post import Answer, Line
from ..states import ISSUE_MOVES, DeliveryStatus, IssueStatus, Why

log = logging.getLogger(__name__)

ROUND = 50  # mails until the letters are written anew: a retraction waits no longer than that
BATCH = 5000
SECONDS = 40  # a task may take 60
IN_HAND = (DeliveryStatus.CLAIMED, DeliveryStatus.UNKNOWN)
ENOUGH = 1  # whoever has sent something may have left something
Clock = Callable[[], datetime]


def send_batch(*, clock: Clock, most: int = BATCH, seconds: float = SECONDS) -> int:
    """Send what is due, oldest issue first. Returns how many were handed over."""
    until, sent = time.monotonic() + seconds, 0
    for issue in Issue.objects.filter(status=IssueStatus.SENDING).order_by("month"):
        try:
            with Line() as line:
                while sent < most and time.monotonic() < until:
                    done = _send_round(issue, line, clock, min(ROUND, most - sent))
                    sent += done
                    if not done:
                        break
        except (OSError, smtplib.SMTPException) as error:
            log.warning("mail server does not answer", extra={"error": f"{type(error).__name__}: {error}"})
        finish(issue=issue, now=clock())
    return sent


def _send_round(issue: Issue, line: Line, clock: Clock, most: int) -> int:
    desk, sent = letters.Desk(issue), 0
    while sent < most:
        line.open()
        claimed = claim(issue=issue, desk=desk, now=clock())
        if claimed is None:
            break
        answer = line.hand_over(claimed.mail())
        settle(claimed.delivery, answer, now=clock())
        sent += 1
    return sent


@dataclass(frozen=True)
class Claimed:
    delivery: Delivery
    letter: Letter

    def mail(self) -> Any:
        reader, issue = self.delivery.subscription, self.delivery.issue
        assert reader is not None  # noqa: S101  (checked when it was claimed)
        return letters.message(self.letter, reader=reader, issue=issue, message_id=self.delivery.message_id)


def claim(*, issue: Issue, desk: letters.Desk, now: datetime) -> Claimed | None:
    """Take the next mail of this issue in hand, past those that must not leave. None when nothing is due."""
    while True:
        with transaction.atomic():
            due = (
                Delivery.objects.due(now)
                .filter(issue=issue)
                .select_for_update(skip_locked=True, of=("self",))
            )
            found = permission.with_facts(due, "subscription__email").select_related("subscription", "issue")
            row = found.order_by("due_at", "pk").first()
            if row is None:
                return None
            letter = _letter(row, desk, now)
            if letter is not None:
                row.status, row.claimed_at, row.tries = DeliveryStatus.CLAIMED, now, row.tries + 1
                facts = {"status": row.status, "claimed_at": now, "tries": row.tries}
                Delivery.objects.filter(pk=row.pk).update(**facts)
                return Claimed(row, letter)


def _letter(row: Any, desk: letters.Desk, now: datetime) -> Letter | None:
    """What goes to this reader; None after it has been withheld or postponed."""
    why = permission.why_not(row.subscription, row)
    letter = None if why else desk.letter_for(row.subscription)
    if letter is not None:
        return letter
    if why == Why.NOT_IN_IYS and now - row.issue.released_at < rules.GIVE_UP_AFTER:
        _postpone(row, Why.NOT_IN_IYS.value, rules.LONGEST_PAUSE, now)
    else:
        _end(row, DeliveryStatus.WITHHELD, (why or Why.EMPTY).value, now)
    return None


def settle(delivery: Delivery, answer: Answer, *, now: datetime) -> None:
    """Write down what the server said, unless a person has decided meanwhile."""
    if answer.status == DeliveryStatus.SENT:  # by far the most, so in one statement
        in_hand = Delivery.objects.filter(pk=delivery.pk, status__in=IN_HAND)
        in_hand.update(status=DeliveryStatus.SENT, at=now, error="")
    else:
        _settle_fault(delivery, answer, now)


@transaction.atomic
def _settle_fault(delivery: Delivery, answer: Answer, now: datetime) -> None:
    """A dead address gets nothing any more."""
    row = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("issue", "subscription")
        .get(pk=delivery.pk)
    )
    if row.status not in IN_HAND:
        return
    if answer.nobody_there and row.subscription:
        bounces.suppress(row.subscription.email, error=answer.said, now=now)
    if answer.status == DeliveryStatus.WAITING and not _is_too_late(row, now):
        _postpone(row, answer.said, _pause(row.tries), now)
    elif answer.status == DeliveryStatus.WAITING:
        _end(row, DeliveryStatus.FAILED, answer.said, now)
    else:
        _end(row, answer.status, answer.said, now)


def flag_lost(*, now: datetime) -> int:
    """What a worker had in hand when it died: perhaps sent, perhaps not. Never sent again by itself."""
    lost = Delivery.objects.filter(status=DeliveryStatus.CLAIMED, claimed_at__lt=now - rules.CLAIM_LIFE)
    with transaction.atomic():
        rows = list(
            lost.select_for_update(skip_locked=True, of=("self",)).select_related("issue").order_by("pk")
        )
        for row in rows:
            _end(row, DeliveryStatus.UNKNOWN, "", now)
        for issue in {row.issue for row in rows}:
            journal.write(events.LOST, subject=issue, data={"count": sum(row.issue == issue for row in rows)})
    return len(rows)


@transaction.atomic
def finish(*, issue: Issue, now: datetime) -> bool:
    """Everything has its end: the issue is sent and stands in the archive."""
    issue = locks.issue(issue.pk)
    if issue.status != IssueStatus.SENDING or Delivery.objects.open().filter(issue=issue).exists():
        return False
    first = {} if issue.finished_at else {"finished_at": now}
    ISSUE_MOVES.move(issue, IssueStatus.SENT, event=events.FINISHED, data={"month": issue.key}, **first)
    response_cache.purge(SHOWN)
    return True


def _is_too_late(row: Delivery, now: datetime) -> bool:
    return row.issue.released_at is None or now - row.issue.released_at >= rules.GIVE_UP_AFTER


def _pause(tries: int) -> timedelta:
    return min(rules.FIRST_PAUSE * 2 ** min(tries - 1, 10), rules.LONGEST_PAUSE)


def _postpone(row: Delivery, error: str, pause: timedelta, now: datetime) -> None:
    row.status, row.due_at, row.error = DeliveryStatus.WAITING, now + pause, error[:500]
    row.save(update_fields=["status", "due_at", "error"])


def _end(row: Delivery, status: str, error: str, now: datetime) -> None:
    row.status, row.at, row.error = status, now, error[:500]
    row.save(update_fields=["status", "at", "error"])
