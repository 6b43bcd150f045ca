"""Which account of the books stands for what."""

from __future__ import annotations

from typing import Any

from finance import ledger
from finance.models import Account, AccountKind

from ..models import Attempt

OWN_BANK, OWN_WALLET = "transfer", "wallet"  # codes of the providers that are ourselves


def of_provider(code: str, currency: str = "TRY") -> Account:
    """Where money of this provider lies: our bank for transfers, else what it owes us."""
    if code == OWN_BANK:
        return ledger.account(AccountKind.BANK, currency=currency)
    return ledger.account(AccountKind.CLEARING, name=code, currency=currency)


def of_attempt(attempt: Attempt) -> Account:
    return of_provider(attempt.provider, attempt.currency)


def passing(currency: str = "TRY") -> Account:
    return ledger.account(AccountKind.PASSING, currency=currency)


def transit(currency: str = "TRY") -> Account:
    return ledger.account(AccountKind.TRANSIT, currency=currency)


def fees(currency: str = "TRY") -> Account:
    return ledger.account(AccountKind.FEES, currency=currency)


def wallet(user: Any, currency: str = "TRY") -> Account:
    return ledger.account(AccountKind.WALLET, user=user, currency=currency)


def set_aside(user: Any, currency: str = "TRY") -> Account:
    return ledger.account(AccountKind.WALLET_HOLD, user=user, currency=currency)
