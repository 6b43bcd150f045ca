"""A way was chosen: the attempt is committed, the provider is spoken to, then its word is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from core import business_days, journal, money

from .. import crash, events, locks, rules, ways
from ..errors import BankSaysNo, NotOpen, WalletNotHere, WayClosed
from ..models import Attempt, Payment
from ..orders import payment_order
from ..providers import registry
from ..providers.base import Buyer, Method, NextStep, Outcome, Provider, Refused, Silent, State
from ..states import ATTEMPTS, LIVE, WITH_CUSTOMER, AttemptStatus, PaymentStatus
from . import settling, wallets
from .accounts import OWN_WALLET


def choose(
    *,
    payment: Payment,
    provider: str,
    method: str,
    wallet_amount: Decimal,
    now: datetime,
    buyer: Buyer | None = None,
    by: Any = None,
) -> Attempt:
    """Begin to pay: with the wallet for `wallet_amount`, with this provider for the rest.

    Raises NotOpen, WayClosed, WalletNotHere, NotEnough, NotPayable, and BankSaysNo when the provider refused.
    After silence the attempt stands as UNKNOWN and is asked about.
    """
    attempt, is_new = _intend(payment, provider, method, money.lira(wallet_amount), now, by)
    crash.point("after_intent")
    if attempt.provider == OWN_WALLET or not is_new:
        return attempt
    chosen = registry.find(provider)
    assert chosen is not None  # noqa: S101  (_intend has asked)
    try:
        step = chosen.start(payment_order(attempt, buyer))
    except Refused as error:
        told = Outcome(State.REFUSED, code=error.code, reason=error.reason)
        settling.settle(attempt=attempt, outcome=told, now=now)
        raise BankSaysNo from error
    except Silent:
        settling.settle(attempt=attempt, outcome=Outcome(State.UNKNOWN), now=now)
        attempt.refresh_from_db()
        return attempt
    crash.point("after_start")
    _keep(attempt, step, now)
    crash.point("after_step")
    return attempt


@transaction.atomic
def _intend(
    payment: Payment, provider: str, method: str, wallet_amount: Decimal, now: datetime, by: Any
) -> tuple[Attempt, bool]:
    payment = locks.payment(payment.pk)
    _check_open(payment, now)
    chosen = _way(payment, provider, method, now)
    _check_wallet(payment, chosen, wallet_amount)
    alive = list(payment.attempts.filter(status__in=LIVE).order_by("pk"))
    if again := _still_open(alive, provider, method, payment.amount - wallet_amount, now):
        return again, False
    wallets.hold(payment=payment, amount=max(wallet_amount, _promised(payment, alive)), now=now)
    attempt = Attempt.objects.create(
        payment=payment,
        provider=provider,
        method=method,
        amount=payment.amount if provider == OWN_WALLET else payment.amount - wallet_amount,
        currency=payment.currency,
        created_at=now,
        expires_at=_until(method, now),
        look_at=now + rules.ASK_AFTER[0],
    )
    journal.write(events.CHOSEN, actor=by, subject=attempt, data={"provider": provider, "method": method})
    if provider == OWN_WALLET:
        settling.settle_wallet(payment=payment, attempt=attempt, now=now)
    return attempt, True


def _still_open(
    alive: list[Attempt], provider: str, method: str, amount: Decimal, now: datetime
) -> Attempt | None:
    """Pressed twice, or come back: the page that is open already, as long as there is time to use it."""
    wish, until = (provider, method, amount), now + rules.TIME_TO_PAY
    return next(
        (
            one
            for one in reversed(alive)
            if (one.provider, one.method, one.amount) == wish
            and one.status in WITH_CUSTOMER
            and one.expires_at > until
        ),
        None,
    )


def _check_open(payment: Payment, now: datetime) -> None:
    """What is paid for has a word too: a slot that ran out says so itself."""
    if payment.status != PaymentStatus.OPEN or payment.expires_at <= now:
        raise NotOpen
    prefetch_related_objects([payment], "items__payable")
    locks.check_payable([item.thing for item in payment.items.all()], now=now)


def _way(payment: Payment, provider: str, method: str, now: datetime) -> Provider:
    offered = {(way.provider, way.method) for way in ways.of_payment(payment, now=now)}
    chosen = registry.find(provider)
    if chosen is None or (provider, method) not in offered:
        raise WayClosed
    return chosen


def _check_wallet(payment: Payment, chosen: Provider, amount: Decimal) -> None:
    """The wallet pays all or a part; with a provider for the rest there has to be a rest."""
    whole = chosen.code == OWN_WALLET
    fits = amount == payment.amount if whole else 0 <= amount < payment.amount
    if not fits or (amount and not ways.wallet_may_pay(payment)):
        raise WalletNotHere


def _promised(payment: Payment, alive: list[Attempt]) -> Decimal:
    """What pages that are still open somewhere count on: none of them may find the wallet emptied."""
    pages = [one for one in alive if one.provider != OWN_WALLET]
    return max((payment.amount - one.amount for one in pages), default=Decimal(0))


def _until(method: str, now: datetime) -> datetime:
    if method != Method.TRANSFER:
        return now + rules.PAGE_FOR
    last = business_days.after(timezone.localdate(now), rules.TRANSFER_DAYS)
    midnight = datetime.combine(last + timedelta(days=1), datetime.min.time())
    return timezone.make_aware(midnight)


@transaction.atomic
def _keep(attempt: Attempt, step: NextStep, now: datetime) -> None:
    """A callback may have been quicker: then the page leads nowhere any more, and nothing moves."""
    payment = locks.payment_alone(attempt.payment_id)
    attempt.refresh_from_db()
    attempt.remote = {**attempt.remote, **step.remote}
    attempt.step = {"kind": step.kind, "url": step.url, "iban": step.iban, "receiver": step.receiver}
    if attempt.status not in (AttemptStatus.CREATED, AttemptStatus.UNKNOWN):
        attempt.save(update_fields=["remote", "step"])
        return
    is_transfer = step.kind == "account"
    target = AttemptStatus.PENDING_TRANSFER if is_transfer else AttemptStatus.STARTED
    until = step.until or attempt.expires_at
    look_at = rules.next_transfer_look(begun=now, now=now) if is_transfer else attempt.look_at
    page = {"remote": attempt.remote, "step": attempt.step}
    ATTEMPTS.move(attempt, target, event=events.ATTEMPT, expires_at=until, look_at=look_at, **page)
    if is_transfer and until > payment.expires_at:
        payment.expires_at = until
        payment.save(update_fields=["expires_at"])
