"""Refunds that a person sends, and a second one confirms; and refused ones that are tried again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from core.states import MoveRefused
from finance import ledger

from .. import events, locks
from ..errors import SecondPerson
from ..models import RefundPart
from ..states import REFUNDS, RefundStatus
from . import accounts, returning, waking, wallets


@transaction.atomic
def try_again(*, part: RefundPart, by: Any, now: datetime) -> None:
    """A refusal whose reason is gone (our balance, an outage). Raises MoveRefused."""
    part = locks.part(part.pk)
    facts: dict[str, Any] = {"act_at": now, "code": "", "reason": ""}
    REFUNDS.move(part, RefundStatus.REQUESTED, event=events.REFUND_PART, actor=by, is_by_hand=False, **facts)
    waking.after_commit(part.pk)


@transaction.atomic
def take_over(*, part: RefundPart, by: Any, now: datetime) -> None:
    """The provider will not: it goes by a transfer of our bank. Raises MoveRefused."""
    returning.by_hand(part=locks.part(part.pk), now=now)


@transaction.atomic
def sent_by_hand(*, part: RefundPart, bank_reference: str, by: Any, now: datetime) -> None:
    """The first person: the bank's number of the transfer. Raises MoveRefused."""
    part = locks.part(part.pk)
    if part.status != RefundStatus.MANUAL or part.settled_by_id:
        raise MoveRefused
    part.settled_by, part.bank_reference, part.submitted_at = by, bank_reference[:60], now
    part.save(update_fields=["settled_by", "bank_reference", "submitted_at"])


@transaction.atomic
def confirm_by_hand(*, part: RefundPart, by: Any, now: datetime) -> None:
    """The second person saw it on the account. Raises SecondPerson for the first one, MoveRefused."""
    part = locks.part(part.pk)
    if part.settled_by_id in (None, by.pk):
        raise SecondPerson
    bank = accounts.of_provider(accounts.OWN_BANK)
    legs = [(accounts.transit(), -part.amount), (bank, part.amount)]
    key, source = f"refund accepted {part.reference}", wallets.source(part.refund.payment)
    ledger.post(key=key, kind="refund_accepted", legs=legs, now=now, source=source)
    facts = {"approved_by": by, "settled_at": now}
    REFUNDS.move(part, RefundStatus.SUCCEEDED, event=events.REFUND_PART, actor=by, **facts)
    returning.announce_if_done(part.refund)
