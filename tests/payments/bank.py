"""The bank across the street in a process of its own, and a hand at its controls.

A `conftest.py` or test module gets it by

    from tests.payments.bank import bank, bank_process  # noqa: F401

    def test_x(bank):
        step = registry.get("iyzico").start(order)
        bank.pay(order.reference, "installments")
        assert bank.total("iyzico") == Decimal("105.00")

Each test finds an empty book. Last digits of amounts choose nothing unless `bank.kurus(True)`. Messages are
kept (`bank.letters(reference)`) and sent to nobody, until `bank.callbacks(iyzico=…)` says who listens.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADDRESSES = ("IYZICO_URL", "IYZICO_PAGE_URL", "PAYTR_URL", "PARAM_URL", "PARAM_PAGE_URL", "BANK_URL")
DELAY = 2.0  # instead of half a minute
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Letter:
    """A message of the bank to our server: what a callback view would get."""

    provider: str
    headers: dict[str, str]
    body: bytes
    answers: list[str]


@dataclass
class Bank:
    url: str

    # --- What it holds ---

    def total(self, provider: str = "") -> Decimal:
        """What was charged, less what went back or out again."""
        return self.figures(provider)["total"]

    def figures(self, provider: str = "") -> dict[str, Decimal]:
        """`charged`, `returned`, `paid_out`, `total`."""
        found = self._get("total")
        found = found[provider] if provider else found
        return {name: Decimal(value) for name, value in found.items() if isinstance(value, str)}

    def payments(self, **wanted: Any) -> list[dict[str, Any]]:
        return self._rows("payments", wanted)

    def refunds(self, **wanted: Any) -> list[dict[str, Any]]:
        return self._rows("refunds", wanted)

    def payouts(self, **wanted: Any) -> list[dict[str, Any]]:
        return self._rows("payouts", wanted)

    def payment(self, reference: str) -> dict[str, Any]:
        return self.payments(reference=reference)[-1]

    def letters(self, reference: str) -> list[Letter]:
        rows = self._rows("notices", {"payment": self.payment(reference)["id"]})
        lower = [{name.lower(): value for name, value in row["headers"].items()} for row in rows]
        return [
            Letter(row["provider"], headers, row["body"].encode(), row["answers"])
            for row, headers in zip(rows, lower, strict=True)
        ]

    # --- What happens next ---

    def scenario(self, name: str, **where: Any) -> None:
        """What the page of the next payment offers first (payments/bank/scenarios.py)."""
        self.do("scenario", name=name, **where)

    def trouble(self, name: str, **where: Any) -> None:
        """On the line, at the next exchange; `provider=`, `action=`, `times=` narrow it."""
        self.do("trouble", name=name, **where)

    def pay(self, reference: str, name: str = "success") -> dict[str, Any]:
        """The customer on the page. How her browser comes back (`method`, `url`, `fields`), if it does."""
        return self.do("pay", reference=reference, name=name)

    def decide(self, reference: str, verdict: str) -> None:
        """A review: `approve`, `reject`; a transfer: `paid`, `too_little`, `expired`."""
        self.do("decide", reference=reference, verdict=verdict)

    def clock(self, seconds: float) -> None:
        self.do("clock", seconds=seconds)

    def callbacks(self, **urls: str) -> None:
        self.do("callbacks", **urls)

    def kurus(self, is_read: bool) -> None:
        self.do("kurus", is_read=is_read)

    def resend(self, reference: str, times: int = 1) -> None:
        self.do("resend", reference=reference, times=times)

    def deliver(self) -> None:
        """Send now what is due."""
        self.do("deliver")

    def do(self, verb: str, **body: Any) -> dict[str, Any]:
        """Any verb of payments/bank/control.py."""
        data = json.dumps(body).encode()
        with DIRECT.open(f"{self.url}/__bank/{verb}", data, timeout=30) as answer:
            return json.load(answer)

    def _get(self, what: str) -> Any:
        with DIRECT.open(f"{self.url}/__bank/{what}", timeout=30) as answer:
            return json.load(answer)

    def _rows(self, what: str, wanted: dict[str, Any]) -> list[dict[str, Any]]:
        rows = self._get(what)
        return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def launch(file: Path, *options: str, port: int = 0) -> tuple[subprocess.Popen[str], Bank]:
    """A bank of its own; the caller ends it."""
    command = [sys.executable, "-m", "payments.bank", str(port), str(file), "--delay", str(DELAY), *options]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "dijivet.settings.test"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    line = process.stdout.readline()
    assert line.startswith("banka "), "the bank did not open"
    return process, Bank(f"http://{line.split()[1]}")


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()


@pytest.fixture(scope="session")
def bank_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    process, opened = launch(tmp_path_factory.mktemp("bank") / "book.sqlite")
    yield opened
    end(process)


@pytest.fixture
def bank(bank_process: Bank, settings: Any) -> Bank:
    """An empty book, and our settings pointing to it."""
    bank_process.do("clear")
    bank_process.kurus(False)
    for name in ADDRESSES:
        setattr(settings, name, bank_process.url)
    return bank_process


def wait_for(condition: Any, patience: float = 5.0) -> bool:
    """For what the bank's messenger does in its own time."""
    until = time.monotonic() + patience
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
