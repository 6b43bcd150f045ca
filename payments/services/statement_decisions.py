"""Lines of a statement that no rule matched. Where money moves, a second person agrees."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import journal
from core.states import MoveRefused

from .. import payout_events as events
from .. import payout_locks as locks
from ..models import Attempt, BankStatementLine, LineState, Wish
from ..payout_errors import NotFitting, OtherPerson, SaysWhy
from ..providers.base import Method
from . import statements

_L = LineState


@transaction.atomic
def ask(*, line: BankStatementLine, wish: str, by: Any, attempt: Attempt | None = None) -> None:
    """The first person: assign it to this payment, or send it back. Raises NotFitting, MoveRefused."""
    row = _in(line, _L.OPEN)
    if wish == Wish.ASSIGN:
        _check_fits(row, attempt)
        row.attempt = attempt
    elif row.amount < 0 or not row.payer_iban:
        raise NotFitting
    row.state, row.wish, row.asked_by = _L.ASKED, wish, by
    row.save(update_fields=["state", "wish", "asked_by", "attempt"])
    journal.write(events.LINE_ASKED, actor=by, subject=row, data={"wish": str(wish)})


@transaction.atomic
def agree(*, line: BankStatementLine, by: Any, now: datetime) -> None:
    """The second person. Raises OtherPerson for the first one, NotFitting, MoveRefused."""
    row = _in(line, _L.ASKED)
    if row.asked_by_id == by.pk:
        raise OtherPerson
    row.decided_by, row.decided_at = by, now
    if row.wish == Wish.ASSIGN:
        _assign(row, now)
    else:
        row.state = _L.RETURNING  # into the next file for the bank
    row.save()
    journal.write(events.LINE_DECIDED, actor=by, subject=row, data={"wish": row.wish})


@transaction.atomic
def take_back(*, line: BankStatementLine, by: Any) -> None:
    """Whoever sees that it was wrong, before the second person agreed. Raises MoveRefused."""
    row = _in(line, _L.ASKED)
    row.state, row.wish, row.asked_by = _L.OPEN, "", None
    row.save(update_fields=["state", "wish", "asked_by"])
    journal.write(events.LINE_TAKEN_BACK, actor=by, subject=row)


@transaction.atomic
def leave(*, line: BankStatementLine, note: str, by: Any, now: datetime) -> None:
    """Nothing moves: a fee of the bank, interest, money of our own. Raises SaysWhy, MoveRefused."""
    row = _in(line, _L.OPEN)
    if not note.strip():
        raise SaysWhy
    row.state, row.note, row.decided_by, row.decided_at = _L.LEFT, note.strip()[:300], by, now
    row.save(update_fields=["state", "note", "decided_by", "decided_at"])
    journal.write(events.LINE_DECIDED, actor=by, subject=row, data={"wish": "leave"})


def parts_of(line: BankStatementLine) -> list[BankStatementLine]:
    """What else came for the same payment in parts and waits."""
    if line.attempt_id is None:
        return []
    others = BankStatementLine.objects.filter(attempt=line.attempt_id, state=_L.OPEN, amount__gt=0)
    return list(others.exclude(pk=line.pk).order_by("pk"))


def _check_fits(line: BankStatementLine, attempt: Attempt | None) -> None:
    if attempt is None or attempt.method != Method.TRANSFER or attempt.captured_at or line.amount < 0:
        raise NotFitting
    came = line.amount + sum((one.amount for one in _others(line, attempt)), Decimal(0))
    if came < attempt.amount or line.currency != attempt.currency:
        raise NotFitting


def _others(line: BankStatementLine, attempt: Attempt) -> list[BankStatementLine]:
    rows = BankStatementLine.objects.select_for_update(of=("self",))
    rows = rows.filter(attempt=attempt, state=_L.OPEN, reason="partial").exclude(pk=line.pk)
    return list(rows.order_by("pk"))


def _assign(row: BankStatementLine, now: datetime) -> None:
    """The statement's word for all that came, then the payment takes it as it takes any other."""
    attempt = row.attempt
    _check_fits(row, attempt)
    assert attempt is not None  # noqa: S101  (_check_fits)
    others = _others(row, attempt) if row.amount < attempt.amount else []
    for one in [row, *others]:
        statements.take_off_passing(one, now)
    total = sum((one.amount for one in others), row.amount)
    if not statements.is_taken(row, total, now):
        raise NotFitting
    row.state = _L.ASSIGNED
    for one in others:
        one.state, one.asked_by, one.decided_by, one.decided_at = (
            _L.ASSIGNED,
            row.asked_by,
            row.decided_by,
            now,
        )
        one.save()


def _in(line: BankStatementLine, state: str) -> BankStatementLine:
    row = locks.line(line.pk)
    if row.state != state:
        raise MoveRefused
    return row
