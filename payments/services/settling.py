"""What a provider said about an attempt, written down; and what follows when the money is here.

    settling.settle(attempt=attempt, outcome=outcome, now=now)

Only a word that is proven (`outcome.is_signed`) brings money, and only with our reference, amount and
currency. Money that pays nothing any more goes back by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from finance import services as books
from finance.errors import NotEnough

from .. import crash, events, locks, rules
from ..errors import NotPayable
from ..models import Attempt, Payment, PaymentItem, Reason
from ..providers.base import Method, Outcome, State
from ..states import ATTEMPTS, PAYMENTS, AttemptStatus, PaymentStatus
from . import accounts, papers, returning, wallets

_A = AttemptStatus


@transaction.atomic
def settle(*, attempt: Attempt, outcome: Outcome, now: datetime) -> bool:
    """Write the word down. True when it changed something: only that call tells anybody."""
    payment = locks.payment(attempt.payment_id)
    attempt.refresh_from_db()
    attempt.payment = payment
    changed = _HANDLERS[State(outcome.state)](payment, attempt, outcome, now)
    crash.point("before_settle_commit")
    return changed


@transaction.atomic
def settle_wallet(*, payment: Payment, attempt: Attempt, now: datetime) -> None:
    """The wallet pays all of it: what was set aside is here. The payment is locked."""
    _captured(attempt, attempt.amount, Outcome(State.SETTLED), now)
    _use(payment, attempt, now)


def _settled(payment: Payment, attempt: Attempt, outcome: Outcome, now: datetime) -> bool:
    if attempt.captured_at or not outcome.is_signed:
        return False
    amount, difference = _compare(attempt, outcome)
    if difference:
        return _needs_person(attempt, outcome, difference, now)
    bring(payment=payment, attempt=attempt, amount=amount, outcome=outcome, now=now)
    return True


def bring(*, payment: Payment, attempt: Attempt, amount: Decimal, outcome: Outcome, now: datetime) -> None:
    """The money is here, and pays what it can. Both rows are locked."""
    book(payment=payment, attempt=attempt, amount=amount, outcome=outcome, now=now)
    _use(payment, attempt, now)


def book(*, payment: Payment, attempt: Attempt, amount: Decimal, outcome: Outcome, now: datetime) -> None:
    """The money is here. What becomes of it has to follow in the same transaction."""
    _captured(attempt, amount, outcome, now)
    legs = [(accounts.of_attempt(attempt), -amount), (accounts.passing(attempt.currency), amount)]
    _post(payment, f"captured {attempt.reference}", "captured", legs, now)
    book_fee(attempt=attempt, fee=outcome.fee, now=now)


def book_fee(*, attempt: Attempt, fee: Decimal | None, now: datetime) -> None:
    """What the provider keeps of it; told with the capture or by its report, booked once."""
    if not fee or attempt.fee:
        return
    legs = [(accounts.of_attempt(attempt), fee), (accounts.fees(attempt.currency), -fee)]
    _post(attempt.payment, f"fee {attempt.reference}", "psp_fee", legs, now)
    attempt.fee = fee
    attempt.save(update_fields=["fee"])


def _compare(attempt: Attempt, outcome: Outcome) -> tuple[Decimal, str]:
    """The amount that is here, and in what the word differs from what we asked for ("" in nothing)."""
    told = outcome.amount if outcome.amount is not None else Decimal(0)
    paid_more = attempt.method == Method.TRANSFER and told > attempt.amount  # the rest goes back
    checks = {
        "reference": outcome.reference == attempt.reference,
        "currency": outcome.currency == attempt.currency,
        "amount": told == attempt.amount or paid_more,
        "test": not outcome.is_test or settings.PAYMENTS_ACCEPT_TEST,
    }
    return told, next((name for name, holds in checks.items() if not holds), "")


def _captured(attempt: Attempt, amount: Decimal, outcome: Outcome, now: datetime) -> None:
    facts: dict[str, Any] = {
        "captured": amount,
        "captured_at": now,
        "look_at": None,
        "code": "",
        "reason": "",
        "told": None,
    }
    told: dict[str, Any] = {"paid_amount": outcome.paid or amount, "installments": outcome.installments or 1}
    remote = {**attempt.remote, **outcome.remote}
    ATTEMPTS.move(attempt, _A.CAPTURED, event=events.ATTEMPT, remote=remote, **facts, **told)


def _use(payment: Payment, attempt: Attempt, now: datetime) -> None:
    """Pay with it what can still be paid; give back what is too much, too late or a second time."""
    late = _why_not(payment)
    if late:
        returning.give_back(payment=payment, attempt=attempt, reason=late, now=now)
        return
    from_wallet = payment.amount - attempt.captured
    try:
        if attempt.provider != accounts.OWN_WALLET:
            with transaction.atomic():
                wallets.hold(payment=payment, amount=max(from_wallet, Decimal(0)), now=now)
    except NotEnough:  # its share was released when the payment ran out, and was spent since
        returning.give_back(payment=payment, attempt=attempt, reason=Reason.LATE, now=now)
        return
    _settle_items(payment, attempt, now)


def _why_not(payment: Payment) -> str:
    if payment.status == PaymentStatus.PAID:
        return Reason.TWICE
    return Reason.LATE if payment.status == PaymentStatus.CANCELLED else ""


def _settle_items(payment: Payment, attempt: Attempt, now: datetime) -> None:
    items = list(payment.items.select_related("payee").order_by("payee_id", "pk"))
    useful = [item for item in items if not _is_paid_elsewhere(item) and item.thing.on_settled(item, now=now)]
    if not useful and attempt.provider == accounts.OWN_WALLET:
        raise NotPayable
    if not useful:
        twice = any(_is_paid_elsewhere(item) for item in items)
        wallets.hold(payment=payment, amount=Decimal(0), now=now)
        reason = Reason.TWICE if twice else Reason.LATE
        returning.give_back(payment=payment, attempt=attempt, reason=reason, now=now)
        if payment.status == PaymentStatus.OPEN:
            PAYMENTS.move(payment, PaymentStatus.EXPIRED, event=events.EXPIRED)
        return
    wallets.use(payment=payment, now=now)
    for item in useful:
        _settle_item(payment, item, now)
    for item in useful:  # after all money: numbers of documents stay locked until the end
        papers.issue_sale(item=item, attempt=attempt, now=now)
    told = {"items": [item.pk for item in useful]}
    PAYMENTS.move(payment, PaymentStatus.PAID, event=events.PAID, actor=payment.payer, data=told, paid_at=now)
    _give_back_rest(payment, attempt, [item for item in items if item not in useful], now)


def _is_paid_elsewhere(item: PaymentItem) -> bool:
    same = {"payable_type": item.payable_type, "payable_id": item.payable_id}
    return PaymentItem.objects.filter(**same, settled_at__isnull=False).exclude(pk=item.pk).exists()


def _settle_item(payment: Payment, item: PaymentItem, now: datetime) -> None:
    """Its price out of what arrived: to its seller, less what is kept, or to the wallet that it tops up."""
    passing = accounts.passing(payment.currency)
    key = f"item {item.pk} settled"
    if item.payee is None:
        legs = [(passing, -item.amount), (accounts.wallet(payment.payer), item.amount)]
        _post(payment, key, "top_up", legs, now)
    else:
        item.line = books.settle_sale(
            key=key,
            business=item.payee,
            module=item.module,
            category=item.category,
            gross=item.amount,
            vat=papers.vat(item),
            source=passing,
            now=now,
        )
    item.settled_at = now
    item.save(update_fields=["line", "settled_at"])


def _give_back_rest(payment: Payment, attempt: Attempt, unused: list[PaymentItem], now: datetime) -> None:
    for item in unused:
        returning.give_back_item(payment=payment, item=item, reason=Reason.LATE, now=now)
    too_much = attempt.captured - payment.amount
    if too_much > 0:
        returning.give_back(payment=payment, attempt=attempt, amount=too_much, reason=Reason.TWICE, now=now)


def _needs_person(attempt: Attempt, outcome: Outcome, difference: str, now: datetime) -> bool:
    if attempt.status == _A.ATTENTION:
        return False
    facts = {"reason": difference, "told": outcome.amount, "look_at": None}
    said = {"difference": difference, "amount": str(outcome.amount), "currency": outcome.currency}
    ATTEMPTS.move(attempt, _A.ATTENTION, event=events.ATTENTION, data=said, **facts)
    return True


def _under_review(payment: Payment, attempt: Attempt, outcome: Outcome, now: datetime) -> bool:
    return _step(attempt, _A.REVIEW, outcome)


def _refused(payment: Payment, attempt: Attempt, outcome: Outcome, now: datetime) -> bool:
    """No is no as long as the page is over: on some pages the customer may try again."""
    if attempt.captured_at:
        return False
    look_at = attempt.look_at if now < attempt.expires_at else None
    return _step(attempt, _A.FAILED, outcome, look_at=look_at)


def _pending(payment: Payment, attempt: Attempt, outcome: Outcome, now: datetime) -> bool:
    """Nobody has a page that was never written down; other pages are over at their time."""
    never_shown = attempt.status == _A.CREATED and now - attempt.created_at >= rules.NEVER_SHOWN
    if never_shown or (attempt.status != _A.REVIEW and now >= attempt.expires_at):
        return _step(attempt, _A.EXPIRED, outcome)
    if attempt.status == _A.UNKNOWN and attempt.step:
        back = _A.PENDING_TRANSFER if attempt.method == Method.TRANSFER else _A.STARTED
        return _step(attempt, back, outcome)
    if attempt.status == _A.UNKNOWN:  # opened over there, but its page never reached us: nobody can pay it
        return _step(attempt, _A.EXPIRED, outcome)
    return False


def _unknown(payment: Payment, attempt: Attempt, outcome: Outcome, now: datetime) -> bool:
    return _step(attempt, _A.UNKNOWN, outcome)


def _step(attempt: Attempt, target: AttemptStatus, outcome: Outcome, **facts: Any) -> bool:
    """Move, where the table allows it; elsewhere the word says nothing new."""
    if attempt.status == target or not ATTEMPTS.allows(attempt.status, target):
        return False
    why = {"code": outcome.code[:60], "reason": outcome.reason[:20]}
    ATTEMPTS.move(attempt, target, event=events.ATTEMPT, data=why, **why, **facts)
    return True


def _post(payment: Payment, key: str, kind: str, legs: Any, now: datetime) -> None:
    books.ledger.post(key=key, kind=kind, legs=legs, now=now, source=wallets.source(payment))


_HANDLERS: dict[State, Callable[[Payment, Attempt, Outcome, datetime], bool]] = {
    State.SETTLED: _settled,
    State.REVIEW: _under_review,
    State.REFUSED: _refused,
    State.PENDING: _pending,
    State.UNKNOWN: _unknown,
}
