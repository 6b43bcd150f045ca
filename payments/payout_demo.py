"""Three months of a clinic's sales with refunds, two payouts that arrived, one that waits. By the verbs."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from core import money
from finance import ledger
from finance import services as books
from finance.models import AccountKind, CommissionLine
from finance.sold import Sold
from teams.models import Business

from . import payout_locks as locks
from .models import Payout
from .services import bank_files, payouts

CLINIC, ASKS, APPROVES = "Ihlamur Veteriner", "ipek@ornek.test", "yonetici@ornek.test"
SALES, DAYS, RETURN_DAYS = 60, 90, 14
PRICES = {"appointment": (900, 1200, 650), "consultation": (450, 380), "store": (349, 129, 780, 219)}
VAT = {"appointment": Decimal(10), "consultation": Decimal(10), "store": Decimal(20)}


@transaction.atomic
def load() -> None:
    clinic = Business.objects.filter(name=CLINIC).first()
    if clinic is None or CommissionLine.objects.filter(business=clinic).exists():
        return
    now = timezone.now()
    lines = [_sell(clinic, number, now) for number in range(SALES)]
    for line in lines[5:50:9]:
        _give_back(line, now)
    for days in (56, 28):
        _earn(lines, now - timedelta(days=days))
        _pay_out(clinic, now - timedelta(days=days))
    _earn(lines, now)
    payouts.request_payout(business=clinic, by=_person(ASKS), now=now)


def _sell(clinic: Business, number: int, now: datetime) -> CommissionLine:
    chance = random.Random(number)  # noqa: S311  (the same story at each load)
    module = chance.choice(list(PRICES))
    price = Decimal(chance.choice(PRICES[module]))
    at = now - timedelta(days=DAYS * (SALES - number) / SALES, hours=chance.randint(0, 8))
    return books.settle_sale(
        key=f"demo sale {number}",
        business=clinic,
        module=module,
        gross=price,
        vat=Sold("", price, VAT[module]).vat,
        source=ledger.account(AccountKind.CLEARING, name="iyzico"),
        now=at,
    )


def _give_back(line: CommissionLine, now: datetime) -> None:
    """Within a few days; sometimes all of it."""
    amount = line.gross if line.pk % 2 else money.lira(line.gross / 3)
    books.refund_sale(
        key=f"{line.key} back",
        line=line,
        amount=amount,
        to=ledger.account(AccountKind.CLEARING, name="iyzico"),
        now=min(line.at + timedelta(days=3), now),
    )


def _earn(lines: list[CommissionLine], now: datetime) -> None:
    for line in lines:
        if line.at <= now - timedelta(days=RETURN_DAYS):
            books.earn(line=line, now=line.at + timedelta(days=RETURN_DAYS))


def _pay_out(clinic: Business, now: datetime) -> None:
    """By the plan, approved by a second person, in a file for the bank, on the statement a day later."""
    staff: Any = _person(APPROVES)
    row = payouts.request_payout(business=clinic, by=None, now=now)
    Payout.objects.filter(pk=row.pk).update(provider=payouts.BY_BANK)
    row = locks.payout(row.pk)
    payouts.approve_payout(payout=row, by=staff, now=now + timedelta(hours=2))
    bank_files.make_file(by=staff, now=now + timedelta(hours=3))
    payouts.paid(locks.payout(row.pk), now=now + timedelta(days=1))


def _person(email: str) -> Any:
    return get_user_model().objects.get(email=email)
