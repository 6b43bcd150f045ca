"""T22, T26: money moves once, back once, and splitting it loses nothing."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from core import money
from finance import ledger
from finance.errors import AlreadyReversed, NotEnough
from finance.models import Account, AccountKind, Entry, Txn
from tests.core.rivals import at_once

TRANSFERS, ACCOUNTS, WORKERS = 500, 80, 20
BEGIN = Decimal(1000)


@pytest.fixture
def wallets(transactional_db) -> list[Account]:
    people = User.objects.bulk_create([User(email=f"k{n}@ornek.test", password="!") for n in range(ACCOUNTS)])
    rows = [ledger.account(AccountKind.WALLET, user=one) for one in people]
    bank = ledger.account(AccountKind.BANK)
    for row in rows:
        ledger.post(
            key=f"begin {row.pk}", kind="begin", legs=[(bank, -BEGIN), (row, BEGIN)], now=timezone.now()
        )
    return rows


def transfer(wallets: list[Account], number: int, chance: random.Random) -> int:
    giver, taker = chance.sample(wallets, 2)
    amount = money.lira(Decimal(chance.randint(1, 2000)) / 100)
    legs = [(giver, -amount), (taker, amount)]
    return ledger.post(key=f"t{number}", kind="transfer", legs=legs, now=timezone.now()).txn_id


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


@pytest.mark.trust("T22")
def test_transfers_and_their_reversals(verdict, wallets, seed):
    before = deadlocks()
    made = [
        txn for part in at_once(lambda worker: _transfers(wallets, worker, seed), WORKERS) for txn in part
    ]
    told = Counter(
        kind for part in at_once(lambda worker: _reversals(made, worker), WORKERS) for kind in part
    )

    total = Entry.objects.aggregate(sum=Sum("amount"))["sum"]
    as_before = all(ledger.balance(row) == BEGIN for row in wallets)
    waited = deadlocks() - before
    passed = told == {"reversed": TRANSFERS, "refused": TRANSFERS} and total == 0 and as_before and not waited
    figure = f"{dict(told)}, total {total}, wallets as before {as_before}, {waited} deadlocks"
    verdict(figure, f"{TRANSFERS} reversed, {TRANSFERS} refused, total 0, no deadlock", passed)


def _transfers(wallets: list[Account], worker: int, seed: int) -> list[int]:
    chance = random.Random(f"{seed} {worker}")
    return [transfer(wallets, worker * 1000 + step, chance) for step in range(TRANSFERS // WORKERS)]


def _reversals(made: list[int], worker: int) -> list[str]:
    """Every worker has a share, and the same share again with another: each is sent twice."""
    shares = [made[worker::WORKERS], made[(worker + 1) % WORKERS :: WORKERS]]
    return [_reverse(pk, f"{worker} {pk}") for share in shares for pk in share]


def _reverse(pk: int, key: str) -> str:
    """A wallet may have given away what comes back later: then once more, when others have gone first."""
    for _try in range(200):
        try:
            ledger.reverse(txn=Txn.objects.get(pk=pk), key=key, now=timezone.now())
        except AlreadyReversed:
            return "refused"
        except NotEnough:
            continue
        return "reversed"
    return "stuck"


@pytest.mark.trust("T22")
def test_without_the_order_of_locks_they_wait_for_each_other(verdict, wallets, seed):
    """The guard switched off: balances follow in the order of the legs, as they come."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('finance_entries_arrived'::regproc)")
        source = cursor.fetchone()[0]
        cursor.execute(source.replace("ORDER BY id FOR NO KEY UPDATE", "ORDER BY random() FOR NO KEY UPDATE"))
    pairs = wallets[:4]
    done = at_once(lambda worker: _transfers(pairs, worker, seed), WORKERS)
    lost = sum(isinstance(one, Exception) for one in done)
    verdict(f"{lost} of {WORKERS} workers broken off with the guard off", "> 0", lost > 0)


@pytest.mark.trust("T26")
def test_splitting_loses_nothing(verdict, seed):
    chance, wrong, most = random.Random(seed), 0, Decimal(0)
    for _round in range(100_000):
        total = Decimal(chance.randint(-(10**7), 10**7)) / 100
        weights = [chance.randint(0, 1000) for _ in range(chance.randint(1, 6))] + [1]
        parts = money.split(total, weights)
        exact = [total * weight / sum(weights) for weight in weights]
        off = max(abs(part - share) for part, share in zip(parts, exact, strict=True))
        most, wrong = max(most, off), wrong + (sum(parts) != total)
    verdict(
        f"{wrong} of 100,000 splits lose, furthest {most:.4f} off",
        "0, ≤ 0.01",
        not wrong and most <= Decimal("0.01"),
    )
