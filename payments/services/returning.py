"""Money goes back: decided here, with its parts by source. The wallet's part is there at once; a card's is
sent by the worker (`submitting`); our own bank's is a task for two people.

What goes back stands on PASSING for a moment and leaves it in the same transaction: to the wallet, or to
TRANSIT until the provider has accepted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from core import journal, money
from finance import ledger
from finance import services as books

from .. import crash, events, locks
from ..errors import KeyTaken, NotPaidYet, TooMuchBack
from ..models import Attempt, Payment, PaymentItem, Reason, Refund, RefundPart
from ..providers import registry
from ..states import REFUNDS, RefundStatus
from . import accounts, papers, waking, wallets

Share = tuple[Attempt | None, Decimal]  # a source and what goes back to it; None: the wallet


@transaction.atomic
def refund_item(
    *, key: str, item: PaymentItem, amount: Decimal, reason: str, by: Any, now: datetime, note: str = ""
) -> Refund:
    """Give back a part or all of what was paid for one thing, to where it came from.

    With the same key it is the same refund. Raises TooMuchBack, NotPaidYet, KeyTaken; NotEnough where a
    top-up was spent already.
    """
    payment = locks.payment(item.payment_id)
    item.refresh_from_db()
    if known := _known(key, item, amount):
        return known
    _check(item, amount)
    refund = _decide(payment, item, key, amount, reason, by, now, note)
    _take_back(payment, item, refund, now)
    _share_out(payment, refund, _shares(payment, amount), now)
    item.thing.on_refunded(refund, now=now)
    papers.issue_credit(refund=refund, now=now)
    crash.point("before_refund_decided")
    return refund


def give_back(
    *,
    payment: Payment,
    attempt: Attempt,
    reason: str,
    now: datetime,
    amount: Decimal | None = None,
    by: Any = None,
) -> None:
    """What came by this attempt settles nothing: back by the same way. The payment is locked."""
    amount = attempt.captured - attempt.refunded if amount is None else amount
    refund = _decide(payment, None, f"back {attempt.reference}", amount, reason, by, now)
    _share_out(payment, refund, [(attempt, amount)], now)


def give_back_item(*, payment: Payment, item: PaymentItem, reason: str, now: datetime) -> None:
    """Paid together with others, but too late for this one. It was never settled."""
    refund = _decide(payment, item, f"back item {item.pk}", item.amount, reason, None, now)
    _share_out(payment, refund, _shares(payment, item.amount), now)


def _known(key: str, item: PaymentItem, amount: Decimal) -> Refund | None:
    known = Refund.objects.filter(key=key).first()
    if known and (known.item_id, known.amount) != (item.pk, money.lira(amount)):
        raise KeyTaken
    return known


def _check(item: PaymentItem, amount: Decimal) -> None:
    if item.settled_at is None:
        raise NotPaidYet
    if amount <= 0 or item.refunded + amount > item.amount:
        raise TooMuchBack


def _decide(
    payment: Payment,
    item: PaymentItem | None,
    key: str,
    amount: Decimal,
    reason: str,
    by: Any,
    now: datetime,
    note: str = "",
) -> Refund:
    facts = {"reason": reason, "by": by, "requested_at": now, "note": note[:300]}
    try:
        with transaction.atomic():
            refund = Refund.objects.create(key=key, payment=payment, item=item, amount=amount, **facts)
    except IntegrityError as error:  # the key of another payment
        raise KeyTaken from error
    if item:
        item.refunded += amount
        item.save(update_fields=["refunded"])
    journal.write(events.REFUND_DECIDED, actor=by, subject=refund, data={"amount": str(amount)})
    return refund


def _take_back(payment: Payment, item: PaymentItem, refund: Refund, now: datetime) -> None:
    """From whoever got it: the seller with our commission, or the wallet that was topped up."""
    passing, key = accounts.passing(payment.currency), f"refund {refund.public_id}"
    if item.line:
        refund.line = books.refund_sale(key=key, line=item.line, amount=refund.amount, to=passing, now=now)
        refund.save(update_fields=["line"])
    else:
        legs = [(accounts.wallet(payment.payer), -refund.amount), (passing, refund.amount)]
        ledger.post(key=key, kind="top_up_back", legs=legs, now=now, source=wallets.source(payment))


def _shares(payment: Payment, amount: Decimal) -> list[Share]:
    """To the wallet what it paid, then to what came first. Raises TooMuchBack beyond all of it."""
    given = RefundPart.objects.filter(refund__payment=payment, attempt=None)
    wallet_left = payment.wallet_amount - sum(part.amount for part in given)
    sources: list[Share] = [(None, wallet_left)]
    paid_by = payment.attempts.filter(captured__gt=0).exclude(provider=accounts.OWN_WALLET)
    sources += [(one, one.captured - one.refunded) for one in paid_by.order_by("captured_at", "pk")]
    shares = []
    for source, left in sources:
        share = min(left, amount)
        amount -= share
        if share:
            shares.append((source, share))
    if amount:
        raise TooMuchBack
    return shares


def _share_out(payment: Payment, refund: Refund, shares: list[Share], now: datetime) -> None:
    for attempt, amount in shares:
        if attempt is None:
            _to_wallet(payment, refund, amount, now)
        else:
            _on_its_way(payment, refund, attempt, amount, now)


def _to_wallet(payment: Payment, refund: Refund, amount: Decimal, now: datetime) -> None:
    part = RefundPart.objects.create(refund=refund, amount=amount)
    _post(payment, part, accounts.wallet(payment.payer), now)
    REFUNDS.move(part, RefundStatus.SUCCEEDED, event=events.REFUND_PART, submitted_at=now, settled_at=now)
    announce_if_done(refund)


def _on_its_way(payment: Payment, refund: Refund, attempt: Attempt, amount: Decimal, now: datetime) -> None:
    attempt.refunded += amount
    attempt.save(update_fields=["refunded"])
    part = RefundPart.objects.create(refund=refund, attempt=attempt, amount=amount, act_at=now)
    _post(payment, part, accounts.transit(attempt.currency), now)
    if not _can_send(attempt, amount, now):
        by_hand(part=part, now=now)
    else:
        waking.after_commit(part.pk)


def by_hand(*, part: RefundPart, now: datetime) -> None:
    """No machine can send it: a person does, and a second one confirms."""
    facts: dict[str, Any] = {"act_at": None, "is_by_hand": True, "with_person_at": part.with_person_at or now}
    REFUNDS.move(part, RefundStatus.MANUAL, event=events.REFUND_PART, **facts)
    journal.write(events.REFUND_WITH_PERSON, subject=part, data={"why": "by_hand"})


def _can_send(attempt: Attempt, amount: Decimal, now: datetime) -> bool:
    provider = registry.find(attempt.provider)
    if provider is None or attempt.captured_at is None:
        return False
    is_whole = amount == attempt.captured
    in_time = now - attempt.captured_at < timedelta(days=provider.abilities.refund_until_days)
    return in_time and (is_whole or provider.abilities.partial_refund)


def announce_if_done(refund: Refund) -> None:
    """When the last of its parts is accepted, its receiver is told, once."""
    if not refund.parts.exclude(status=RefundStatus.SUCCEEDED).exists():
        journal.write(events.REFUND_SENT, subject=refund)


def _post(payment: Payment, part: RefundPart, to: Any, now: datetime) -> None:
    legs = [(accounts.passing(payment.currency), -part.amount), (to, part.amount)]
    key, source = f"refund part {part.reference}", wallets.source(payment)
    ledger.post(key=key, kind="refund_shared", legs=legs, now=now, source=source)


LATE_OR_TWICE = (Reason.LATE, Reason.TWICE)
