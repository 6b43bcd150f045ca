"""The statement of our bank account: read once, matched line by line, the rest decided by people.

Each line is a row with a state: reading commits them, matching takes one at a time, so a crash in between
costs nothing. What stands on the statement stands in the books: money that is not matched lies on PASSING
until it is assigned, sent back or left.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from core import journal
from finance import ledger
from finance.models import Txn

from .. import matching, statements
from .. import payout_events as events
from .. import payout_locks as locks
from ..models import BankStatementLine, LineState, Payout, RefundPart, StatementFile
from ..payout_errors import ReadAlready
from ..providers.base import Outcome, State
from ..states import PayoutStatus
from . import accounts, payouts, settling

_L = LineState
BATCH = 1000


@transaction.atomic
def read_statement(*, content: bytes, name: str, by: Any, now: datetime) -> StatementFile:
    """Keep its lines; those known from another file are not kept again. Raises Unreadable, ReadAlready."""
    found = statements.read(content, own_iban=settings.TRANSFER_IBAN)
    digest = hashlib.sha256(content).hexdigest()
    facts = {"name": name[:120], "format": found.format, "account": found.account, "by": by, "at": now}
    file, is_new = StatementFile.objects.get_or_create(sha256=digest, defaults=facts)
    if not is_new:
        raise ReadAlready
    file.lines_read = len(found.lines)
    rows = [BankStatementLine(file=file, account=found.account, **vars(line)) for line in found.lines]
    BankStatementLine.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    file.lines_new = file.lines.count()
    file.save(update_fields=["lines_read", "lines_new"])
    told = {"lines": file.lines_read, "new": file.lines_new}
    journal.write(events.STATEMENT_READ, actor=by, subject=file, data=told)
    return file


def match_new(*, now: datetime, limit: int = 500) -> int:
    """Match what was read. Returns how many were looked at."""
    waiting = BankStatementLine.objects.filter(state=_L.NEW).order_by("booked_on", "pk")
    return sum(match(line_id=pk, now=now) for pk in list(waiting.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def match(*, line_id: int, now: datetime) -> bool:
    """By our reference and the amount, both of them exactly. False when somebody else was quicker."""
    rows = BankStatementLine.objects.select_for_update(of=("self",), skip_locked=True)
    line = rows.filter(pk=line_id, state=_L.NEW).first()
    if line is None:
        return False
    if line.currency != "TRY":
        _leave_to_people(line, "currency", now)
    elif line.amount > 0:
        _came(line, now)
    else:
        _left(line, now)
    line.save()
    return True


def _came(line: BankStatementLine, now: datetime) -> None:
    if payout := matching.payout_of(line.text):
        _came_back(line, payout, now)
        return
    attempt = matching.attempt_of(line.text)
    line.attempt = attempt
    if attempt is None:
        _leave_to_people(line, "unknown", now)
    elif attempt.captured_at:
        _leave_to_people(line, "twice", now)
    elif line.amount < attempt.amount:
        _leave_to_people(line, "partial", now)
    elif not is_taken(line, line.amount, now):
        _leave_to_people(line, "not_taken", now)
    else:
        line.state = _L.MATCHED


def _came_back(line: BankStatementLine, payout: Payout, now: datetime) -> None:
    """The bank of the business did not take it."""
    payout = locks.payout(payout.pk)
    line.payout = payout
    if line.amount != payout.amount or payout.status not in (PayoutStatus.SENT, PayoutStatus.PAID):
        _leave_to_people(line, "payout", now)
        return
    payouts.returned(payout, now=now)
    line.state = _L.MATCHED


def _left(line: BankStatementLine, now: datetime) -> None:
    if payout := matching.payout_of(line.text):
        line.payout = payout = locks.payout(payout.pk)
        fits = -line.amount == payout.amount and payout.status == PayoutStatus.SENT
        if not fits:
            _leave_to_people(line, "payout", now)
            return
        payouts.paid(payout, now=now)
        line.state = _L.MATCHED
    elif sent_back := matching.returned_line(line.text):
        _sent_back(line, sent_back, now)
    elif part := matching.part_of(line.text):
        _by_hand(line, part, now)
    else:
        _leave_to_people(line, "unknown", now)


def _by_hand(line: BankStatementLine, part: RefundPart, now: datetime) -> None:
    """A refund that two people send: they confirm it, and see this line there."""
    line.part = part
    if -line.amount != part.amount:
        _leave_to_people(line, "refund", now)
        return
    line.state = _L.MATCHED


def _sent_back(line: BankStatementLine, of: BankStatementLine, now: datetime) -> None:
    of = locks.line(of.pk)
    line.back_of = of
    if -line.amount != of.amount or of.state != _L.RETURNING:
        _leave_to_people(line, "refund", now)
        return
    bank, passing = _accounts(line)
    legs = [(passing, -of.amount), (bank, of.amount)]
    _post(line, "sent back", legs, now)
    of.state = _L.RETURNED
    of.save(update_fields=["state"])
    line.state = _L.MATCHED


def is_taken(line: BankStatementLine, amount: Decimal, now: datetime) -> bool:
    """The payment takes the statement's word, and the money stands in the books as its own."""
    assert line.attempt is not None  # noqa: S101  (its callers matched one)
    changed = settling.settle(attempt=line.attempt, outcome=_word(line, amount), now=now)
    line.attempt.refresh_from_db()
    return changed and line.attempt.captured_at is not None


def _word(line: BankStatementLine, amount: Decimal) -> Outcome:
    """What the bank says about the attempt of this line: its statement is its word."""
    assert line.attempt is not None  # noqa: S101  (its callers matched one)
    return Outcome(
        State.SETTLED,
        reference=line.attempt.reference,
        amount=amount,
        currency=line.currency,
        remote={"statement_line": line.pk},
        is_signed=True,
    )


def _leave_to_people(line: BankStatementLine, reason: str, now: datetime) -> None:
    """It stands in the books as arrived (or as gone), for nobody yet."""
    line.state, line.reason = _L.OPEN, reason
    bank, passing = _accounts(line)
    _post(line, "arrived", [(bank, -line.amount), (passing, line.amount)], now)


def take_off_passing(line: BankStatementLine, now: datetime) -> None:
    """It gets its place now."""
    arrived = Txn.objects.get(key=_key(line, "arrived"))
    ledger.reverse(txn=arrived, key=_key(line, "assigned"), now=now)


def _accounts(line: BankStatementLine) -> tuple[Any, Any]:
    return accounts.of_provider(accounts.OWN_BANK, line.currency), accounts.passing(line.currency)


def _post(line: BankStatementLine, what: str, legs: list[Any], now: datetime) -> None:
    kind = f"statement_{what.replace(' ', '_')}"
    source = f"payments.bankstatementline:{line.pk}"
    ledger.post(key=_key(line, what), kind=kind, legs=legs, now=now, source=source)


def _key(line: BankStatementLine, what: str) -> str:
    return f"statement line {line.pk} {what}"
