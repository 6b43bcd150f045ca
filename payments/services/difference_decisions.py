"""Differences with a provider's report: asked again, taken, given back, or explained."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import journal
from core.states import MoveRefused

from .. import payout_events as events
from .. import payout_locks as locks
from ..models import Difference, DifferenceKind, DifferenceState, Step
from ..models.differences import MOVES_MONEY
from ..payout_errors import NotFitting, OtherPerson, SaysWhy
from ..providers import registry
from ..providers.base import Outcome, State
from ..states import AttemptStatus, PayoutStatus, RefundStatus
from . import asking, resolving, sending, settling, submitting

_D = DifferenceState


def steps(difference: Difference) -> list[str]:
    """What can be done about it, the suggestion first."""
    row, found = difference, [Step.EXPLAIN]
    if row.attempt or row.payout or row.part:
        found.append(Step.ASK)
    if row.kind == DifferenceKind.STATE and row.there:
        found.append(Step.SETTLE)
    if row.attempt and row.there and row.attempt.status == AttemptStatus.ATTENTION:
        found.append(Step.GIVE_BACK)
    return sorted(found, key=lambda step: (step != row.suggestion, Step.values.index(step)))


def ask_bank(*, difference: Difference, by: Any, now: datetime) -> bool:
    """Ask about what is behind it, with no row locked. True when that settled the difference."""
    row = Difference.objects.select_related("attempt", "payout", "part").get(pk=difference.pk)
    if row.state != _D.OPEN:
        raise MoveRefused
    if row.attempt:
        asking.look_up_attempt(attempt=row.attempt, now=now)
    elif row.payout:
        _ask_about_payout(row.payout, now)
    elif row.part:
        row.part.act_at = now
        row.part.save(update_fields=["act_at"])
        submitting.send(part_id=row.part.pk, now=now)
    else:
        raise NotFitting
    return close_if_settled(difference=row, by=by, now=now)


@transaction.atomic
def close_if_settled(*, difference: Difference, by: Any, now: datetime) -> bool:
    row = locks.difference(difference.pk)
    if row.state != _D.OPEN or row.kind != DifferenceKind.STATE or not _agrees(row):
        return False
    _close(row, Step.ASK, by, now)
    return True


@transaction.atomic
def propose(*, difference: Difference, step: str, by: Any, note: str, now: datetime) -> None:
    """Where money moves this is the first of two; an explanation closes. Raises NotFitting, SaysWhy."""
    row = locks.difference(difference.pk)
    if row.state != _D.OPEN:
        raise MoveRefused
    if step not in steps(row) or step == Step.ASK:
        raise NotFitting
    if step == Step.EXPLAIN and not note.strip():
        raise SaysWhy
    row.step, row.note = step, note.strip()[:300]
    if step in MOVES_MONEY:
        row.state, row.asked_by = _D.ASKED, by
        row.save(update_fields=["state", "step", "note", "asked_by"])
        journal.write(events.DIFFERENCE_ASKED, actor=by, subject=row, data={"step": str(step)})
        return
    _close(row, step, by, now)


@transaction.atomic
def agree(*, difference: Difference, by: Any, now: datetime) -> None:
    """The second person. Raises OtherPerson for the first one, MoveRefused, NotFitting."""
    row = locks.difference(difference.pk)
    if row.state != _D.ASKED:
        raise MoveRefused
    if row.asked_by_id == by.pk:
        raise OtherPerson
    _take(row, now) if row.step == Step.SETTLE else _give_back(row, by, now)
    _close(row, row.step, by, now)


@transaction.atomic
def take_back(*, difference: Difference, by: Any) -> None:
    row = locks.difference(difference.pk)
    if row.state != _D.ASKED:
        raise MoveRefused
    row.state, row.step, row.asked_by = _D.OPEN, "", None
    row.save(update_fields=["state", "step", "asked_by"])
    journal.write(events.DIFFERENCE_TAKEN_BACK, actor=by, subject=row)


def _take(row: Difference, now: datetime) -> None:
    """The report's word, as if the provider had answered a question."""
    word = _word(row)
    if row.attempt:
        settling.settle(attempt=row.attempt, outcome=word, now=now)
        row.attempt.refresh_from_db()
    elif row.payout:
        sending.write_down(payout=row.payout, outcome=word, now=now)
        row.payout.refresh_from_db()
    elif row.part:
        submitting.write_down(part=row.part, outcome=word, was_asked_only=True, now=now)
        row.part.refresh_from_db()
    if not _agrees(row):
        raise NotFitting


def _word(row: Difference) -> Outcome:
    own = row.attempt or row.payout or row.part
    if own is None:
        raise NotFitting
    return Outcome(
        State.SETTLED,
        reference=own.reference,
        amount=_asked_amount(row),
        currency=row.there["currency"],
        paid=Decimal(row.there["amount"]),
        is_signed=True,
    )


def _asked_amount(row: Difference) -> Decimal:
    """A report tells what was charged; with instalments that is more than what was asked for."""
    told = Decimal(row.there["amount"])
    attempt = row.attempt
    return attempt.amount if attempt and attempt.paid_amount and told == attempt.paid_amount else told


def _give_back(row: Difference, by: Any, now: datetime) -> None:
    if row.attempt is None:
        raise NotFitting
    resolving.return_it(attempt=row.attempt, amount=Decimal(row.there["amount"]), by=by, now=now)


def _agrees(row: Difference) -> bool:
    if row.attempt:
        return row.attempt.captured_at is not None
    if row.payout:
        return row.payout.status == PayoutStatus.PAID
    return row.part is not None and row.part.status == RefundStatus.SUCCEEDED


def _ask_about_payout(payout: Any, now: datetime) -> None:
    provider = registry.find(payout.provider)
    if provider is None:
        raise NotFitting
    outcome = provider.look_up_payout(sending.order_of(payout))
    sending.write_down(payout=payout, outcome=outcome, now=now)


def _close(row: Difference, step: str, by: Any, now: datetime) -> None:
    row.state, row.step, row.decided_by, row.closed_at = _D.DONE, step, by, now
    row.save(update_fields=["state", "step", "note", "decided_by", "closed_at"])
    told = {"step": str(step), "kind": row.kind}
    journal.write(events.DIFFERENCE_CLOSED, actor=by, subject=row, data=told)
