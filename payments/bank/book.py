"""The bank's own book: payments, refunds, payouts, messages. One SQLite file, so it outlives a restart."""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

ISTANBUL = ZoneInfo("Europe/Istanbul")
ZERO = Decimal("0.00")
FEE = Decimal("0.0249")
TAKEN = ("paid", "review", "voided")  # states in which the card was charged


@dataclass
class Row:
    id: str
    at: float  # of the bank's clock


@dataclass
class Payment(Row):
    """One page that was opened for a customer, and what became of it."""

    provider: str
    merchant: str
    reference: str
    token: str
    asked: Decimal
    currency: str
    until: float
    kind: str = "card"
    state: str = "open"  # open, paid, failed, expired, review, transfer, voided
    reason: str = ""
    paid: Decimal = ZERO
    fee: Decimal = ZERO
    installments: int = 1
    paid_at: float = 0.0
    is_hidden: bool = False  # its return is lost: nobody is told
    form: dict[str, Any] = field(default_factory=dict)


@dataclass
class Refund(Row):
    payment: str
    reference: str
    amount: Decimal
    kind: str = "refund"  # or void


@dataclass
class Payout(Row):
    provider: str
    merchant: str
    reference: str
    amount: Decimal
    iban: str
    holder: str
    state: str = "told"  # told, sent, paid, returned


@dataclass
class Notice(Row):
    """A message to a merchant's server, and how often it was sent."""

    provider: str
    payment: str
    url: str
    headers: dict[str, str]
    body: str
    due: float
    left: int = 1
    repeat_after: float = 60.0
    answers: list[str] = field(default_factory=list)


KINDS: dict[str, type[Row]] = {kind.__name__: kind for kind in (Payment, Refund, Payout, Notice)}
R = TypeVar("R", bound=Row)


class Book:
    def __init__(self, file: Path | str = ":memory:") -> None:
        self.lock = threading.RLock()
        self.file = sqlite3.connect(str(file), check_same_thread=False, isolation_level=None)
        self.file.execute("CREATE TABLE IF NOT EXISTS rows (kind, id, body, PRIMARY KEY (kind, id))")
        self.rows: dict[str, dict[str, Row]] = {kind: {} for kind in KINDS}
        self.notes: dict[str, Any] = {}
        for kind, key, body in self.file.execute("SELECT kind, id, body FROM rows ORDER BY rowid"):
            self._load(kind, key, json.loads(body))

    def _load(self, kind: str, key: str, body: dict[str, Any]) -> None:
        if kind == "note":
            self.notes[key] = body
            return
        figures = {row.name for row in fields(KINDS[kind]) if row.type == "Decimal"}
        values = {name: Decimal(value) if name in figures else value for name, value in body.items()}
        self.rows[kind][key] = KINDS[kind](**values)  # type: ignore[arg-type]

    def save(self, row: R) -> R:
        with self.lock:
            kind = type(row).__name__
            self.rows[kind][row.id] = row
            body = json.dumps(asdict(row), default=str, ensure_ascii=False)
            self.file.execute("INSERT OR REPLACE INTO rows VALUES (?, ?, ?)", (kind, row.id, body))
            return row

    def note(self, key: str, value: Any) -> None:
        """What is no row: the clock, addresses, the next scenarios."""
        with self.lock:
            self.notes[key] = value
            self.file.execute("INSERT OR REPLACE INTO rows VALUES ('note', ?, ?)", (key, json.dumps(value)))

    def clear(self) -> None:
        with self.lock:
            self.rows, self.notes = {kind: {} for kind in KINDS}, {}
            self.file.execute("DELETE FROM rows")

    def all(self, kind: type[R]) -> list[R]:
        with self.lock:
            return list(self.rows[kind.__name__].values())  # type: ignore[arg-type]

    def get(self, kind: type[R], key: str) -> R | None:
        return self.rows[kind.__name__].get(key)  # type: ignore[return-value]

    # --- Time ---

    def now(self) -> float:
        return time.time() + float(self.notes.get("clock", 0))

    def day(self, moment: float) -> date:
        return self.local(moment).date()

    def local(self, moment: float) -> datetime:
        return datetime.fromtimestamp(moment, UTC).astimezone(ISTANBUL)

    # --- Payments ---

    def find(self, provider: str, **wanted: Any) -> Payment | None:
        """The newest one that fits."""
        return next(self.payments(provider, **wanted), None)

    def payments(self, provider: str, **wanted: Any) -> Iterator[Payment]:
        for row in reversed(self.all(Payment)):
            if row.provider == provider and all(
                getattr(row, name) == value for name, value in wanted.items()
            ):
                yield self._grown_old(row)

    def _grown_old(self, row: Payment) -> Payment:
        if row.state in ("open", "transfer") and self.now() > row.until:
            row.state, row.reason = "expired", "expired"
            self.save(row)
        return row

    def charge(self, row: Payment, *, paid: Decimal, installments: int = 1, state: str = "paid") -> None:
        """Take the customer's money, once."""
        with self.lock:
            if row.state in TAKEN:
                raise ValueError("charged already")
            row.paid, row.installments, row.state, row.reason = paid, installments, state, ""
            row.fee = (paid * FEE).quantize(ZERO)
            row.paid_at = self.now()
            self.save(row)

    def fail(self, row: Payment, reason: str, state: str = "failed") -> None:
        with self.lock:
            row.state, row.reason = state, reason
            self.save(row)

    # --- Giving back ---

    def refunds(self, payment: Payment) -> list[Refund]:
        return [row for row in self.all(Refund) if row.payment == payment.id]

    def given_back(self, payment: Payment) -> Decimal:
        return sum((row.amount for row in self.refunds(payment)), ZERO)

    def give_back(
        self, payment: Payment, *, amount: Decimal, reference: str, kind: str = "refund"
    ) -> Refund | None:
        """Nothing where less is left, or the payment took no money."""
        with self.lock:
            if payment.state not in ("paid", "review") or not ZERO < amount <= payment.paid - self.given_back(
                payment
            ):
                return None
            if kind == "void":
                payment.state = "voided"
                self.save(payment)
            key = number(10)
            return self.save(Refund(key, self.now(), payment.id, reference, amount, kind))

    # --- What lies here ---

    def figures(self, provider: str = "") -> dict[str, str]:
        taken = [row for row in self.all(Payment) if row.state in TAKEN and provider in ("", row.provider)]
        ids = {row.id for row in taken}
        charged = sum((row.paid for row in taken), ZERO)
        returned = sum((row.amount for row in self.all(Refund) if row.payment in ids), ZERO)
        gone = ("sent", "paid")
        payouts = [row for row in self.all(Payout) if row.state in gone and provider in ("", row.provider)]
        paid_out = sum((row.amount for row in payouts), ZERO)
        names = ("charged", "returned", "paid_out", "total")
        values = (charged, returned, paid_out, charged - returned - paid_out)
        return {name: str(value) for name, value in zip(names, values, strict=True)}


def number(digits: int) -> str:
    """An id as banks give them."""
    return str(secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1))
