"""T11, the part of payouts: killed at each named point, gone on by the next worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from finance import ledger
from finance.models import AccountKind
from payments.models import Payout
from payments.providers import registry
from payments.services import payouts, sending
from tests.factories import teams
from tests.factories.sales import rate, sale, taxes

POINTS = [
    "before_payout_claimed",
    "payout_claimed",
    "before_pay_out",
    "after_pay_out",
    "payout_answered",
    "before_payout_commit",
]
TIMES = 5
ROOT = Path(__file__).resolve().parents[2]
BOOK = "PAYOUT_BOOK"


class Book:
    """The bank's own book, in a file: it outlives whoever is killed. A reference is paid once."""

    def __init__(self, path: str, once: bool = True) -> None:
        self.path, self.once = Path(path), once

    def pay(self, reference: str, amount: Decimal) -> None:
        lines = self.lines()
        if not (self.once and any(name == reference for name, _amount in lines)):
            lines.append((reference, str(amount)))
        self.path.write_text(json.dumps(lines))

    def lines(self) -> list[tuple[str, str]]:
        return [tuple(line) for line in json.loads(self.path.read_text())] if self.path.exists() else []

    def total(self) -> Decimal:
        return sum((Decimal(amount) for _name, amount in self.lines()), Decimal(0))


def _stands() -> tuple[Decimal, Decimal]:
    """(at the provider, on its way)"""
    return (
        ledger.balance(ledger.account(AccountKind.CLEARING, name="counter")),
        ledger.balance(ledger.account(AccountKind.PAYOUT)),
    )


@pytest.fixture
def shop(transactional_db, bora):
    rate()
    taxes()
    return teams.verified(bora, iban=teams.IBAN, iban_holder="Ihlamur")


def _approved(shop, staff, key: str) -> Payout:
    sale(shop, "1200", "200", earned=True, key=key)
    row = payouts.request_payout(business=shop, by=None, now=timezone.now())
    payouts.approve_payout(payout=row, by=staff, now=timezone.now())
    return row


def _worker(point: str, book: Path) -> int:
    """A process of its own that sends what is due, and dies at the point."""
    database = connection.settings_dict
    environment = os.environ | {
        BOOK: str(book),
        "CRASH_POINT": point,
        "PAYOUT_DATABASE": str(database["NAME"]),
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "dijivet.settings.test",
    }
    done = subprocess.run([sys.executable, "-m", "tests.trust.payout_worker"], env=environment, cwd=ROOT)
    return done.returncode


@pytest.fixture
def counter(settings, tmp_path, monkeypatch):
    settings.PAYMENT_PROVIDERS = ["tests.trust.payout_worker.Counter"]
    settings.PAYOUT_PROVIDER = "counter"
    monkeypatch.setenv(BOOK, str(tmp_path / "book.json"))
    registry._provider.cache_clear()
    yield tmp_path / "book.json"
    registry._provider.cache_clear()


@pytest.mark.trust("T11")
def test_killed_at_each_point_of_a_payout(verdict, shop, person, counter):
    staff, killed, asked = person("Fatma", "Kara"), 0, Decimal(0)
    for round_ in range(TIMES):
        for point in POINTS:
            row = _approved(shop, staff, f"{point} {round_}")
            asked += row.amount
            killed += _worker(point, counter) == -signal.SIGKILL
            for minutes in (3, 8, 20):
                sending.send_due(now=timezone.now() + timedelta(minutes=minutes))
    book, (there, on_its_way) = Book(str(counter)), _stands()
    ended = Payout.objects.filter(status="paid").count()
    wanted = len(POINTS) * TIMES
    agree = book.total() == there == asked and on_its_way == 0
    sums = f"bank {book.total()}, ledger {there}, on its way {on_its_way}"
    figure = f"{killed} of {wanted} killed, {ended} paid, {sums}"
    verdict(figure, "all killed and paid, bank = ledger", killed == ended == wanted and agree)


@pytest.mark.trust("T11")
def test_a_bank_that_takes_a_name_twice_is_noticed(verdict, shop, person, counter, monkeypatch):
    """The guard switched off: what was sent is sent anew without asking first, to a bank that pays twice."""
    monkeypatch.setenv("PAYOUT_TWICE", "1")
    monkeypatch.setattr(
        "payments.services.sending._speak",
        lambda row, *, is_new: registry.find("counter").pay_out(sending.order_of(row)),
    )
    _approved(shop, person("Fatma", "Kara"), "x")
    _worker("after_pay_out", counter)
    sending.send_due(now=timezone.now() + timedelta(minutes=8))
    off = Book(str(counter)).total() - _stands()[0]
    verdict(f"bank and ledger {off} apart with the guard off", "> 0", off > 0)
