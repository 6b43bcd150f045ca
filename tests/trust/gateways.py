"""The three gateways with the bank across the street, for the checks of the campaign."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db import connections
from django.utils import timezone

from finance import ledger
from finance.models import AccountKind
from payments import services
from payments.models import Attempt, Payment, RefundPart
from payments.providers.base import Callback
from payments.services import accounts
from tests.payments.bank import Bank, Letter

CODES = ["iyzico", "paytr", "param"]
NO_WALLET = Decimal(0)


class Counter:
    """A shop's till at the real gateways."""

    def __init__(self, bank: Bank, shelf: Any, shop: Any, payer: Any) -> None:
        self.bank, self.shelf, self.shop, self.payer = bank, shelf, shop, payer
        self.number = 0

    def start(self, amount: str = "120") -> Payment:
        self.number += 1
        row = self.shelf.sale(self.payer, amount, timezone.now(), self.shop)
        key = f"order {self.number}"
        return services.start_payment(key=key, payables=[row], payer=self.payer, now=timezone.now())

    def choose(self, payment: Payment, code: str, now: datetime | None = None) -> Attempt:
        given = {"provider": code, "method": "card", "wallet_amount": NO_WALLET, "now": now or timezone.now()}
        return services.choose(payment=payment, **given)

    def opened(self, code: str, amount: str = "120") -> Attempt:
        return self.choose(self.start(amount), code)

    def pay(self, attempt: Attempt, name: str = "success") -> Letter:
        """The customer pays. Gives what tells us; Param has no server messages, a browser carries them."""
        leave = self.bank.pay(attempt.reference, name)
        letters = self.bank.letters(attempt.reference)
        if letters:
            return letters[-1]
        headers = {"content-type": "application/x-www-form-urlencoded"}
        return Letter(attempt.provider, headers, urlencode(leave["fields"]).encode(), [])

    def paid(self, code: str, amount: str = "120") -> Attempt:
        attempt = self.opened(code, amount)
        self.bank.pay(attempt.reference)
        services.look_up_attempt(attempt=attempt, now=timezone.now())
        attempt.refresh_from_db()
        assert attempt.captured_at, f"{code}: {attempt.status}"
        return attempt


def callback(letter: Letter) -> Callback:
    return Callback(letter.headers, letter.body)


def stands_at(code: str) -> Decimal:
    """What the books say the provider holds for us, before its fees."""
    fees = sum((one.fee or 0 for one in Attempt.objects.filter(provider=code)), Decimal(0))
    return -ledger.balance(accounts.of_provider(code)) + fees


def under_way() -> tuple[Decimal, Decimal]:
    kinds = (AccountKind.PASSING, AccountKind.TRANSIT)
    return tuple(ledger.balance(ledger.account(kind)) for kind in kinds)  # type: ignore[return-value]


def reconcile(now: datetime) -> None:
    """What the schedule does, over again until nothing is due at this moment."""
    for _ in range(6):
        if not services.ask_due(now=now) + services.send_due(now=now):
            return


def loose_ends() -> tuple[int, int]:
    """Attempts that are not at an end, and parts of refunds that are not."""
    ends = ["captured", "failed", "expired"]
    attempts = Attempt.objects.exclude(status__in=ends).count()
    return attempts, RefundPart.objects.exclude(status="succeeded").count()


def killed(work: Callable[[], Any], point: str, settings: Any) -> bool:
    """Run it in a process of its own that is killed by signal 9 at this point. False: it lived."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            settings.CRASH_AT = point
            work()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
