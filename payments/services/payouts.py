"""What a business earned goes to its bank account.

Asked for (by its people or by its plan), the amount leaves what is to be paid out and stands on its way.
A second person of the platform approves. Then it goes by a provider, in three steps (`sending`), or in a
file for our bank (`bank_files`). What fails or comes back may be paid out again.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from core import journal
from core.states import MoveRefused
from finance import ledger
from finance.models import AccountKind
from teams.models import Business, Membership
from teams.states import Status

from .. import payout_events as events
from .. import payout_locks as locks
from ..models import Payout
from ..models.payouts import BY_BANK
from ..payout_errors import (
    AccountChanged,
    AccountHeld,
    LessThanLeast,
    MoreThanThere,
    NoAccount,
    NothingToPayOut,
    NotVerified,
    OneWaits,
    OwnMoney,
    SaysWhy,
)
from ..providers import registry
from ..states import PAYOUTS, PayoutStatus
from . import accounts

_O = PayoutStatus


@transaction.atomic
def request_payout(*, business: Business, by: Any, now: datetime, amount: Decimal | None = None) -> Payout:
    """Ask for an amount, or for all there is. What refunds left below zero is netted first.

    `by` none: the plan asks. Raises NotVerified, NoAccount, AccountHeld, OneWaits, NothingToPayOut,
    LessThanLeast, MoreThanThere.
    """
    business = locks.business(business.pk)
    check_account(business, now)
    if business.payouts.filter(status=_O.DRAFT).exists():
        raise OneWaits
    account = locks.payable(business)
    amount = _checked(account.balance or Decimal(0), amount)
    row = Payout.objects.create(
        business=business,
        amount=amount,
        iban=business.iban,
        holder=business.iban_holder or business.legal_name,
        provider=way(),
        requested_by=by,
        requested_at=now,
    )
    _post(row, "asked", [(account, -amount), (on_its_way(row), amount)], now)
    journal.write(events.REQUESTED, actor=by, subject=row, data=_told(row))
    return row


@transaction.atomic
def cancel_payout(*, payout: Payout, by: Any, now: datetime, note: str = "") -> None:
    """Until it was sent. The money may be paid out again. Raises MoveRefused."""
    row = _locked(payout)
    facts: dict[str, Any] = {"ended_at": now, "look_at": None, "note": note[:300]}
    PAYOUTS.move(row, _O.CANCELLED, event=events.CANCELLED, actor=by, data=_told(row), **facts)
    give_back(row, now)


@transaction.atomic
def approve_payout(*, payout: Payout, by: Any, now: datetime) -> None:
    """The second person agrees. Raises OwnMoney, AccountChanged, AccountHeld, NotVerified, MoveRefused."""
    row = _locked(payout)
    works_there = Membership.objects.filter(business=row.business, user=by).exists()
    if works_there or by.pk == row.requested_by_id:
        raise OwnMoney
    check_account(row.business, now)
    if row.iban != row.business.iban:
        raise AccountChanged
    facts = {"approved_by": by, "approved_at": now}
    facts |= {"look_at": now} if row.provider != BY_BANK else {}
    PAYOUTS.move(row, _O.APPROVED, event=events.APPROVED, actor=by, data=_told(row), **facts)


def check_account(business: Business, now: datetime) -> None:
    """May money go to this business now?"""
    if business.status != Status.VERIFIED:
        raise NotVerified
    if not business.iban:
        raise NoAccount
    if business.iban_held_until and business.iban_held_until > now:
        raise AccountHeld


# --- How it ends; the row is locked --------------------------------------------------------


def paid(payout: Payout, *, now: datetime, by: Any = None, remote: dict[str, Any] | None = None) -> None:
    """It arrived. Raises MoveRefused."""
    facts: dict[str, Any] = {"ended_at": now, "look_at": None, "remote": payout.remote | (remote or {})}
    PAYOUTS.move(payout, _O.PAID, event=events.PAID, actor=by, data=_told(payout), **facts)
    legs = [(on_its_way(payout), -payout.amount), (lies_at(payout), payout.amount)]
    _post(payout, "paid", legs, now)


def failed(payout: Payout, *, now: datetime, by: Any = None, code: str = "", note: str = "") -> None:
    """It never left. Raises MoveRefused."""
    facts: dict[str, Any] = {"ended_at": now, "look_at": None, "code": code[:60], "note": note[:300]}
    PAYOUTS.move(payout, _O.FAILED, event=events.FAILED, actor=by, data=_told(payout), **facts)
    give_back(payout, now)


def returned(payout: Payout, *, now: datetime, by: Any = None, note: str = "") -> None:
    """It left and came back, before or after we knew that it had arrived. Raises MoveRefused."""
    was_paid = payout.status == _O.PAID
    facts: dict[str, Any] = {"ended_at": now, "look_at": None, "note": note[:300]}
    PAYOUTS.move(payout, _O.RETURNED, event=events.RETURNED, actor=by, data=_told(payout), **facts)
    if was_paid:
        legs = [(lies_at(payout), -payout.amount), (_payable(payout), payout.amount)]
        _post(payout, "came back", legs, now)
    else:
        give_back(payout, now)


def give_back(payout: Payout, now: datetime) -> None:
    """To what may be paid out."""
    _post(payout, "back", [(on_its_way(payout), -payout.amount), (_payable(payout), payout.amount)], now)


# --- Accounts -----------------------------------------------------------------------------


def way() -> str:
    """The provider that pays out, if one is there; else our bank."""
    able = [one.code for one in registry.all() if one.abilities.payouts]
    wished = settings.PAYOUT_PROVIDER
    return wished if wished in able else BY_BANK


def lies_at(payout: Payout) -> Any:
    """Where the money of this payout leaves from."""
    code = accounts.OWN_BANK if payout.provider == BY_BANK else payout.provider
    return accounts.of_provider(code, payout.currency)


def on_its_way(payout: Payout) -> Any:
    return ledger.account(AccountKind.PAYOUT, currency=payout.currency)


def _payable(payout: Payout) -> Any:
    return ledger.account(AccountKind.SELLER_PAYABLE, business=payout.business, currency=payout.currency)


def _locked(payout: Payout) -> Payout:
    """Business first, as everywhere."""
    locks.business(payout.business_id)
    return locks.payout(payout.pk)


def _checked(there: Decimal, asked: Decimal | None) -> Decimal:
    if there <= 0:
        raise NothingToPayOut
    amount = there if asked is None else asked
    if amount > there:
        raise MoreThanThere
    if amount < min(settings.PAYOUT_MINIMUM, there):
        raise LessThanLeast
    return amount


def _post(payout: Payout, what: str, legs: list[Any], now: datetime) -> None:
    key, kind = f"payout {payout.pk} {what}", f"payout_{what.replace(' ', '_')}"
    ledger.post(key=key, kind=kind, legs=legs, now=now, source=f"payments.payout:{payout.pk}")


def _told(payout: Payout) -> dict[str, Any]:
    return {"business": payout.business_id, "amount": str(payout.amount)}


@transaction.atomic
def mark(*, payout: Payout, how: str, note: str, by: Any, now: datetime) -> None:
    """What a person read at the bank about a payout that went in a file. Raises SaysWhy, MoveRefused."""
    row = _locked(payout)
    if not note.strip():
        raise SaysWhy
    if row.provider != BY_BANK:
        raise MoveRefused
    if how == _O.PAID:
        paid(row, now=now, by=by, remote={"note": note.strip()[:300]})
    elif how == _O.RETURNED:
        returned(row, now=now, by=by, note=note.strip())
    else:
        failed(row, now=now, by=by, note=note.strip())
