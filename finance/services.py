"""What happens to money, as postings. Each verb has a key of its caller; repeated, it changes nothing.

`source` is the account the price comes from: the provider's clearing account, a bank, a wallet or what was
set aside of it. The commission line of a sale is frozen here and given back pro rata.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import money

from . import ledger, locks, rates
from .errors import RefundTooLarge
from .ledger import Posted
from .models import Account, AccountKind, CommissionLine, Txn

PARTS = ("commission", "commission_vat", "withholding")
FIGURES = ("gross", "net", "vat", *PARTS)


@transaction.atomic
def settle_sale(
    *,
    key: str,
    business: Any,
    module: str,
    gross: Decimal,
    vat: Decimal,
    source: Account,
    now: datetime,
    category: str = "",
) -> CommissionLine:
    """The price of a sale arrived: its seller's share into reserve, ours and the tax office's apart.

    Raises NotEnough when `source` is a wallet that does not hold the price.
    """
    known = CommissionLine.objects.filter(key=key).first()
    if known:
        return known
    where = {"business": business, "module": module, "category": category}
    shares = rates.share(gross=gross, vat=vat, day=timezone.localdate(now), **where)
    kept = {name: getattr(shares, name) for name in PARTS}
    reserve = ledger.account(AccountKind.SELLER_RESERVE, business=business)
    legs = [(source, -gross), (reserve, shares.net), *_legs(kept)]
    ledger.post(key=key, kind="sale", legs=legs, now=now)
    figures = {"rate": shares.rate, "percent": shares.percent, "gross": gross, "vat": vat, "net": shares.net}
    return CommissionLine.objects.create(key=key, at=now, **where, **figures, **kept)


@transaction.atomic
def earn(*, line: CommissionLine, now: datetime) -> Posted | None:
    """Delivered and past the time of return: what is left may be paid out. None the second time."""
    locks.line(line.pk)
    left = line.net + sum(refund.net for refund in line.refunds.all())
    if not left or _is_earned(line):
        return None
    legs = [(_reserve(line), -left), (_payable(line), left)]
    return ledger.post(key=_earned(line), kind="earned", legs=legs, now=now)


@transaction.atomic
def refund_sale(
    *, key: str, line: CommissionLine, amount: Decimal, to: Account, now: datetime
) -> CommissionLine:
    """Give back a part of the price; commission, its VAT and withholding come back pro rata.

    Shared by what is left of each figure: none gives back more than it has, the last refund takes the rest.

    `to` is the buyer's wallet, or the account of refunds on their way. Out of reserve, or after that out of
    what is to be paid out, which may fall below zero and is netted. Raises RefundTooLarge.
    """
    locks.line(line.pk)
    before = list(line.refunds.order_by("pk"))
    if known := next((refund for refund in before if refund.key == key), None):
        return known
    left = {name: getattr(line, name) + sum(getattr(refund, name) for refund in before) for name in FIGURES}
    if not 0 < amount <= left["gross"]:
        raise RefundTooLarge
    net, *kept = money.split(-amount, [left[name] for name in ("net", *PARTS)])
    parts = dict(zip(PARTS, kept, strict=True))
    giver = _payable(line) if _is_earned(line) else _reserve(line)
    legs = [(to, amount), (giver, net), *_legs(parts)]
    ledger.post(key=key, kind="refund", legs=legs, now=now, source=f"finance.commissionline:{line.pk}")
    same = {name: getattr(line, name) for name in ("business", "module", "category", "rate", "percent")}
    figures = parts | {"gross": -amount, "net": net, "vat": -money.lira(left["vat"] * amount / left["gross"])}
    return CommissionLine.objects.create(key=key, of=line, at=now, **same, **figures)


def move(*, key: str, kind: str, giver: Account, taker: Account, amount: Decimal, now: datetime) -> Posted:
    """From one account to another: set aside, pay out, give credit. Raises NotEnough."""
    return ledger.post(key=key, kind=kind, legs=[(giver, -amount), (taker, amount)], now=now)


def _legs(kept: dict[str, Decimal]) -> list[ledger.Leg]:
    kinds = (AccountKind.COMMISSION, AccountKind.VAT, AccountKind.WITHHOLDING)
    return [(ledger.account(kind), kept[name]) for kind, name in zip(kinds, PARTS, strict=True)]


def _reserve(line: CommissionLine) -> Account:
    return ledger.account(AccountKind.SELLER_RESERVE, business=line.business)


def _payable(line: CommissionLine) -> Account:
    return ledger.account(AccountKind.SELLER_PAYABLE, business=line.business)


def _is_earned(line: CommissionLine) -> bool:
    return Txn.objects.filter(key=_earned(line)).exists()


def _earned(line: CommissionLine) -> str:
    return f"earned {line.key}"
